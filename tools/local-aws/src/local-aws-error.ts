/** The local AWS could not be installed, started or asked; the message is one sentence for a person. */
export class LocalAwsError extends Error {
  override readonly name: string = 'LocalAwsError';
}

/** There is no Python here that the local AWS can run on. */
export class PythonMissing extends LocalAwsError {
  override readonly name = 'PythonMissing';

  /**
   * @param reason what was looked for and what was found
   * @param remedy the command that would bring it
   */
  constructor(
    readonly reason: string,
    readonly remedy: string,
  ) {
    super(`${reason} ${remedy} would bring it.`);
  }
}
