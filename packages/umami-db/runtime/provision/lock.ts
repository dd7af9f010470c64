import type { ClientBase } from 'pg';
import { ProvisionError } from './provision-error';

/** How long one provisioning waits for another one in the same database, and for tables in use. */
const OTHER_PROVISIONING = '120s';
const TABLE_IN_USE = '10s';

/** Key of the advisory lock. */
const LOCK = 1_970_104_677;

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
  await client.query(`set lock_timeout = '${patience}'`);
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`);
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new ProvisionError(
      `Another provisioning works in this database for more than ${patience}. Wait until it ends, and deploy again.`,
      { cause: error },
    );
  }
  try {
    await client.query(`set lock_timeout = '${TABLE_IN_USE}'`);
    return await work();
  } finally {
    await client.query(`select pg_advisory_unlock(${LOCK})`).catch(() => {});
  }
}
