import type { Client, DatabaseError } from 'pg';
import { isLockTimeout } from '../connection/collision';
import { lockHolders } from '../inspection/lock-holders';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';

const AGAIN = 'Each step takes effect as a whole or not at all: run it again, it continues where it stopped.';

/** What to do about an error of PostgreSQL, by its SQLSTATE. */
const REMEDIES: Readonly<Record<string, string>> = {
  '0A000': 'Drop what depends on it, run it again, and create it again afterwards.',
  '2BP01': 'Drop what depends on it, run it again, and create it again afterwards.',
  '25006': 'Connect as an administrator who may write, to the writer endpoint, and run it again.',
  '40001': AGAIN,
  '40P01': AGAIN,
  '53100': `The server's disk is full: make space, and run it again.`,
  '53200': `The server has no memory left: choose a larger instance, or wait until it has, and run it again.`,
  '57014': AGAIN,
};

/** Of a connection that was cut: by an administrator, a failover or the network. */
const CUT = /^(57P0[1-5]|08\w{3}|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const CUT_MESSAGE = /^(Connection terminated|Client has encountered a connection error|Client was closed)/;

/** Values of a row, such as a password's hash. */
const ROW_VALUES = /^Failing row contains/;

/**
 * Does something with a connection, which ends then, and says of what fails what a person can do about it.
 *
 * @param signal ends the connection early
 * @throws ProvisionError for everything that PostgreSQL refuses, and for a connection that was cut
 */
export async function withClient<T>(
  client: Client,
  target: Pick<Target, 'schema'>,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.addEventListener('abort', () => client.end());
  try {
    return await work();
  } catch (error) {
    if (!isLockTimeout(error)) throw explainFailure(error);
    const holders = await lockHolders(client, { target, changes: false }).catch(() => '');
    throw new ProvisionError(
      `Something that has to be read is locked by another session: ${(error as Error).message}.${holders} Wait until its transaction ends, or end it with: select pg_terminate_backend(<process>); and run it again.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** The error itself, unless it is one of PostgreSQL or of the connection to it. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof ProvisionError) return error;
  const { code, message, severity, detail, hint, where } = error as DatabaseError;
  if (isCut(error))
    return new ProvisionError(`The connection to the database was cut: ${message}. ${AGAIN}`, { cause: error });
  // Only the server's own errors have one.
  if (severity === undefined) return error;
  const texts = [
    `PostgreSQL refuses (${code}): ${message}.`,
    ...(detail && !ROW_VALUES.test(detail) ? [`DETAIL: ${detail}`] : []),
    ...(hint ? [`HINT: ${hint}`] : []),
    // Of an exception that somebody's function or event trigger raised.
    ...(where ? [`CONTEXT: ${where.split('\n')[0]}.`] : []),
    REMEDIES[code ?? ''] ?? 'The step took no effect. Remove the cause, and run it again.',
  ];
  return new ProvisionError(texts.join(' '), { cause: error });
}

/** Whether the connection ended while it was used. */
export function isCut(error: unknown): boolean {
  const { code, message } = error as DatabaseError;
  return CUT.test(code ?? '') || CUT_MESSAGE.test(message);
}
