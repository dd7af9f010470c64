import type { ClientBase } from 'pg';
import { ProvisionError } from './provision-error';

/** How long one provisioning waits for another one in the same database. */
const OTHER_PROVISIONING = '60s';

/** Key of the advisory lock. */
export const LOCK = 1_970_104_677;

/** SQLSTATE of a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Lets only one provisioning at a time work in a database; the others wait. All schemas share one lock, for two grants
 * on the same database at once fail with "tuple concurrently updated". May be used within itself.
 *
 * @param patience how long to wait for the lock
 * @throws ProvisionError when another one takes longer
 */
export async function withProvisioningLock<T>(
  client: ClientBase,
  work: () => Promise<T>,
  patience = OTHER_PROVISIONING,
): Promise<T> {
  await lock(client, patience);
  try {
    return await work();
  } finally {
    await client.query(`select pg_advisory_unlock(${LOCK})`).catch(() => {});
  }
}

/** The timeout holds for the wait only: the connection is the caller's, and so are its settings. */
async function lock(client: ClientBase, patience: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '${patience}'`);
    // An advisory lock of the session outlives the transaction.
    await client.query(`select pg_advisory_lock(${LOCK})`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new ProvisionError(
      `Another provisioning works in this database for more than ${patience}. Wait until it ends, and deploy again.`,
      { cause: error },
    );
  }
}
