import type { ClientBase } from 'pg';
import { isSqlstate } from '../connection/sqlstate';
import { type Batching, BatchSize, type Deleted, deleteByKey } from './batches';
import { cursorValues, nextWebsiteSql, type PageRow, pageSql, type Subject, scannedSql } from './statements';
import { inBoundedTransaction } from './transaction';

/** Keys that are read at once, and where a whole table is read for them. */
const PAGE_ROWS = 2_000;
const SCANNED_ROWS = 10_000;

/** What was deleted of a table, and whether it was all. */
export interface Outcome extends Deleted {
  readonly isDone: boolean;
}

/** Deletes the old rows of a table, page by page in the order of an index: what stays is not read again. */
export async function deleteOld(client: ClientBase, subject: Subject, batching: Batching): Promise<Outcome> {
  let [rows, bytes] = [0, 0];
  const onDeleted = (deleted: Deleted) => {
    rows += deleted.rows;
    bytes += deleted.bytes;
  };
  const size = new BatchSize();
  try {
    for await (const keys of pagesOf(client, subject, batching)) {
      if (performance.now() >= batching.deadline) return { rows, bytes, isDone: false };
      const unused = await withoutScanned(client, subject, keys, batching);
      const isDone = await deleteByKey(client, subject, unused, batching, { size, onDeleted });
      if (!isDone) return { rows, bytes, isDone };
    }
  } catch (error) {
    const isLate = isSqlstate(error, 'queryCanceled') && performance.now() >= batching.deadline;
    if (!isLate) throw error;
    return { rows, bytes, isDone: false };
  }
  return { rows, bytes, isDone: true };
}

/** Keys of old rows. Where the index begins with the website, one website after the other. */
async function* pagesOf(client: ClientBase, subject: Subject, batching: Batching): AsyncGenerator<readonly string[][]> {
  if (subject.index !== 'website') return yield* pages(client, subject, batching, []);
  let last: string | null = null;
  for (;;) {
    const values: unknown[] = [last];
    const { rows } = await inBoundedTransaction(client, batching, () =>
      client.query<{ website: string }>(nextWebsiteSql(subject), values),
    );
    if (!rows[0]) return;
    last = rows[0].website;
    yield* pages(client, subject, batching, [last]);
  }
}

async function* pages(
  client: ClientBase,
  subject: Subject,
  batching: Batching,
  website: readonly string[],
): AsyncGenerator<readonly string[][]> {
  const limit = subject.scanned ? SCANNED_ROWS : PAGE_ROWS;
  let last: PageRow | undefined;
  for (;;) {
    const values: unknown[] = [batching.before, limit, ...website, ...cursorValues(subject, last)];
    const query = { text: pageSql(subject, last), values, rowMode: 'array' as const };
    const { rows } = await inBoundedTransaction(client, batching, () => client.query<[...PageRow]>(query));
    const keys = rows.filter(([, old]) => old === 'true').map(([, , ...key]) => key);
    if (keys.length > 0) yield keys;
    if (rows.length < limit) return;
    last = rows.at(-1);
  }
}

/** Without the sessions that a table refers to which has no index on them: it is read once for a whole page. */
async function withoutScanned(
  client: ClientBase,
  { schema, existing, scanned = [] }: Subject,
  keys: readonly string[][],
  batching: Batching,
): Promise<readonly string[][]> {
  const used = new Set<string>();
  for (const table of scanned.filter((name) => existing.has(name))) {
    const sessions = keys.map(([session]) => session);
    const { rows } = await inBoundedTransaction(client, { ...batching, byIndex: false }, () =>
      client.query<{ session: string }>(scannedSql(schema, table), [sessions]),
    );
    for (const { session } of rows) used.add(session);
  }
  return keys.filter(([session = '']) => !used.has(session));
}
