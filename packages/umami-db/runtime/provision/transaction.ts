import type { ClientBase } from 'pg';

/** Runs statements in one transaction: all of them take effect, or none. */
export async function inTransaction(client: ClientBase, statements: readonly string[]): Promise<void> {
  await client.query('begin');
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
