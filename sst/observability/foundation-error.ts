/** Something that must be fixed before the application can be deployed, in one sentence. */
export class FoundationError extends Error {
  override readonly name = 'FoundationError';

  constructor(message: string) {
    super(message);
    // What the SST CLI shows of an error is its stack: where it was thrown helps nobody to fix it.
    this.stack = message;
  }

  /** @internal */
  static cannotRead(what: string, right: string, error: unknown): FoundationError {
    const text = String(error instanceof Error ? error.message : error)
      .replaceAll(/\s+/g, ' ')
      .trim();
    if (/AccessDenied|UnauthorizedOperation|not authorized/i.test(text)) {
      return new FoundationError(
        `Could not read ${what}: access is denied. Allow ${right} to the IAM role or user that deploys the application.`,
      );
    }
    // Pulumi and its provider put their own words before what AWS answered.
    const [, answer = text] = /\bapi error (.+)/.exec(text) ?? [];
    return new FoundationError(
      `Could not read ${what}: ${answer || 'no reason given'}. Nothing was changed; deploy again.`,
    );
  }
}
