import type { Client } from 'pg';
import { retry } from '../time/retry';
import { prepareAdministratorSession } from './administrator-session';

/** After the first one, in some half a minute: as long as the name of the endpoint may lead to the writer of before. */
const ATTEMPTS = 6;

class ReaderError extends Error {
  override readonly name = 'ReaderError';
}

/**
 * Connects until it is the writer that answers: during a failover the writer endpoint may lead to the writer of before,
 * which is a reader by then. What stays a reader is connected to all the same; who wants to change something is told then.
 *
 * @throws whatever connecting throws
 */
export async function untilWriter(connectOnce: () => Promise<Client>, retries = ATTEMPTS): Promise<Client> {
  let last = retries;
  return retry(
    async () => {
      const client = await connectOnce();
      await prepareAdministratorSession(client, connectOnce).catch(async (error) => {
        await client.end().catch(() => {});
        throw error;
      });
      const { rows } = await client.query<{ reader: boolean }>('select pg_is_in_recovery() as reader');
      if (!rows[0]?.reader || last === 0) return client;
      last -= 1;
      await client.end();
      throw new ReaderError('The connection leads to a reader.');
    },
    { retries, minTimeout: 500, maxTimeout: 10_000, shouldRetry: ({ error }) => error instanceof ReaderError },
  );
}
