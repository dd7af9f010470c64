/** Something that has to be mended before the application can be deployed, in one sentence. */
export class FoundationError extends Error {
  override readonly name = 'FoundationError';

  /** @internal */
  static cannotRead(what: string, right: string, error: unknown): FoundationError {
    const text = String(error instanceof Error ? error.message : error);
    const denied = /AccessDenied|UnauthorizedOperation|not authorized/i.test(text);
    const cause = denied
      ? 'access is denied'
      : (text.split('\n').find((line) => line.trim() !== '') ?? 'no reason given');
    const mend = denied ? `Allow ${right} to whoever deploys the application.` : 'Nothing was changed; deploy again.';
    return new FoundationError(`Could not read ${what}: ${cause.trim()}. ${mend}`);
  }
}
