import type { ClientBase } from 'pg';
import type { Deleted } from './batches';
import { countSql, type Subject } from './statements';
import { inBoundedTransaction } from './transaction';

/** Rows that are counted of a table, at most. */
const MOST_COUNTED = 1_000_000;

interface Counted extends Deleted {
  /** Whether there are more rows than were counted. */
  readonly more: boolean;
}

/** Counts up to a number, whatever refers to the rows: what else is deleted first cannot be known before. */
export async function countOld(
  client: ClientBase,
  subject: Subject,
  { before, deadline }: { readonly before: string; readonly deadline: number },
): Promise<Counted> {
  const { rows } = await inBoundedTransaction(client, { byIndex: false, deadline }, () =>
    client.query<Deleted>(countSql(subject), [before, MOST_COUNTED + 1]),
  );
  const { rows: counted = 0, bytes = 0 } = rows[0] ?? {};
  return { rows: Math.min(counted, MOST_COUNTED), bytes, more: counted > MOST_COUNTED };
}
