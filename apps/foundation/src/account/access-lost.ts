import { CommandError, EXIT } from '../command-error';

/** How services call credentials that work no more. */
const EXPIRED = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'];
const INVALID = [
  'AuthFailure',
  'CredentialsProviderError',
  'InvalidClientTokenId',
  'TokenProviderError',
  'UnrecognizedClientException',
];

/** How they call a signature of another time than theirs. */
const CLOCK_MESSAGE = /signature (expired|not yet current)|difference between the request time/i;

/**
 * The end of a command whose credentials stopped working, or whose clock is wrong: everything that it asks next fails alike.
 *
 * @returns nothing for every other error
 */
export function accessLost(command: string, error: unknown): CommandError | undefined {
  if (!(error instanceof Error)) return undefined;
  // What a reader of ours adds to an error of AWS.
  if (error.cause instanceof Error) return accessLost(command, error.cause);
  const { name, message } = error;
  if (name === 'RequestTimeTooSkewed' || CLOCK_MESSAGE.test(message))
    return new CommandError(
      `${command} stopped: the clock of this machine (${new Date().toISOString()}) differs from that of AWS by more than 5 minutes (${message}). Set the clock and start the command again.`,
      EXIT.account,
    );
  if (EXPIRED.includes(name) || /token .*expired|expired .*token/i.test(message))
    return new CommandError(
      `${command} stopped: the credentials expired while it ran (${message}). Sign in again, such as with aws sso login, and start the command again.`,
      EXIT.account,
    );
  if (!INVALID.includes(name)) return undefined;
  return new CommandError(
    `${command} stopped: AWS does not accept the credentials (${message}). Sign in again, and start the command again.`,
    EXIT.account,
  );
}
