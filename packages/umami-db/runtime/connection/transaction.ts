import type { ClientBase } from 'pg';

/**
 * Does something in a transaction, which is rolled back when it fails.
 *
 * @param end `rollback` for what is only tried: it may write also in a session that is read-only by default
 */
export async function inTransaction<T>(
  client: ClientBase,
  work: () => Promise<T>,
  end: 'commit' | 'rollback' = 'commit',
): Promise<T> {
  await client.query(end === 'rollback' ? 'begin read write' : 'begin');
  try {
    const result = await work();
    await client.query(end);
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
