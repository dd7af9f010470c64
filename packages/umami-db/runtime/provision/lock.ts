import type { ClientBase } from 'pg';
import { isLockTimeout } from '../connection/collision';
import { inTransaction } from '../connection/transaction';
import { ProvisionError } from '../target/provision-error';

/** How long one provisioning waits for another one in the same database. */
const OTHER_PROVISIONING = '60s';

/** Key of the advisory lock. */
export const LOCK = 1_970_104_677;

/** Who holds the lock. A pooler's server session keeps it when its client is gone. */
const HOLDER_SQL = `select l.pid, usename as "user",
  to_char(query_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') as since
from pg_locks l join pg_stat_activity a using (pid) where locktype = 'advisory' and granted and objid = ${LOCK}
  and l.database = (select oid from pg_database where datname = current_database())`;

/**
 * Lets only one provisioning at a time work in a database; the others wait. All schemas share one lock, for two grants
 * on the same database at once fail with "tuple concurrently updated". May be used within itself.
 *
 * @param timeout how long to wait for the lock
 * @throws ProvisionError when another one takes longer
 */
export async function withProvisioningLock<T>(
  client: ClientBase,
  work: () => Promise<T>,
  timeout = OTHER_PROVISIONING,
): Promise<T> {
  await lock(client, timeout);
  try {
    return await work();
  } finally {
    await client.query(`select pg_advisory_unlock(${LOCK})`).catch(() => {});
  }
}

/** The timeout holds for the wait only: the connection is the caller's, and so are its settings. */
async function lock(client: ClientBase, timeout: string): Promise<void> {
  try {
    await inTransaction(client, async () => {
      await client.query(`set local lock_timeout = '${timeout}'`);
      // An advisory lock of the session outlives the transaction.
      await client.query(`select pg_advisory_lock(${LOCK})`);
    });
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    const [holder] = (await client.query<{ pid: number; user: string | null; since: string | null }>(HOLDER_SQL)).rows;
    const who = holder
      ? ` It is process ${holder.pid} of user ${holder.user ?? 'unknown'}, whose last query began at ${holder.since ?? 'an unknown time'}.`
      : '';
    throw new ProvisionError(
      `Another provisioning works in this database for more than ${timeout}.${who} Wait until it ends, and deploy again.`,
      { cause: error },
    );
  }
}
