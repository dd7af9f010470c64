/** Exit codes of the command line. */
export const EXIT = {
  /** Something failed. */
  failed: 1,
  /** The command or the configuration is wrong; nothing was tried. */
  usage: 2,
  /** The AWS account is not ready: no credentials, the wrong account, not bootstrapped. */
  account: 3,
} as const;

/** A command cannot go on; the message is for a person and says what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}
