import type { ClientBase } from 'pg';

/** How a transaction begins, and how it ends when nothing fails. */
interface TransactionOptions {
  /** @default 'begin' */
  readonly begin?: string;
  /** @default 'commit' */
  readonly end?: 'commit' | 'rollback';
}

/** For what is only tried: it may write also in a session that is read-only by default. */
export const TRIED: TransactionOptions = { begin: 'begin read write', end: 'rollback' };

/** Does something in a transaction, which is rolled back when it fails. */
export async function inTransaction<T>(
  client: ClientBase,
  work: () => Promise<T>,
  { begin = 'begin', end = 'commit' }: TransactionOptions = {},
): Promise<T> {
  try {
    await client.query(begin);
    const result = await work();
    await client.query(end);
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
