import { explainFailure } from '../provision/explain-failure';
import { ProvisionError } from '../target/provision-error';

/** Invalid usage of a command; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Ctrl-C was typed at a question; exit code 130, as wherever else it is typed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

interface Failure {
  readonly exitCode: 1 | 2 | 70 | 130;
  readonly text: string;
}

/** Exit code of an error, as the help text says, and what a person is told. Only what nobody foresaw has a stack trace. */
export function failureOf(thrown: unknown): Failure {
  const error = explainFailure(thrown);
  const { name, message, stack, $fault } = error as Error & { $fault?: unknown };
  if (error instanceof UsageError) return { exitCode: 2, text: message };
  if (error instanceof Interrupted) return { exitCode: 130, text: message };
  if (error instanceof ProvisionError) return { exitCode: 1, text: message };
  if (name === 'CredentialsProviderError')
    return { exitCode: 2, text: `There are no credentials of AWS: ${message}. Give AWS_PROFILE, or sign in.` };
  // An answer of AWS, such as AccessDeniedException.
  if ($fault !== undefined) return { exitCode: 1, text: `AWS refuses: ${name}: ${message}` };
  return { exitCode: 70, text: stack ?? message };
}
