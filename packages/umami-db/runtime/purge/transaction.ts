import type { ClientBase } from 'pg';
import { inTransaction } from '../connection/transaction';
import { LOCK } from '../provision/lock';

/** How long a batch waits for a lock on a table: queries of Umami queue behind it meanwhile. */
const LOCK_TIMEOUT = '500ms';

/** Milliseconds that a statement may take, and one that reads a whole table. */
const STATEMENT_TIMEOUT = 30_000;
const READING_TIMEOUT = 120_000;

/** Least of it, so that what began just before the end of the time can end. */
const LEAST_STATEMENT_TIMEOUT = 1_000;

/** Rows are found by index, whatever the statistics say: no batch reads a whole table. */
const BY_INDEX = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((node) => `set local enable_${node} = off`);

interface BoundedTransaction {
  /** Whether rows are found by index alone. @default true */
  readonly byIndex?: boolean;
  /** Whether a provisioning has to wait for it, and it for a provisioning. @default false */
  readonly changes?: boolean;
  /** When it should be over, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** Does something in a transaction that waits for no lock longer than a moment, and that is rolled back when it fails. */
export async function inBoundedTransaction<T>(
  client: ClientBase,
  { byIndex = true, changes = false, deadline }: BoundedTransaction,
  work: () => Promise<T>,
): Promise<T> {
  const most = byIndex ? STATEMENT_TIMEOUT : READING_TIMEOUT;
  const left = Math.min(most, Math.max(LEAST_STATEMENT_TIMEOUT, deadline - performance.now()));
  const settings = [
    `set local lock_timeout = '${LOCK_TIMEOUT}'`,
    `set local statement_timeout = ${Math.floor(left)}`,
    `set local idle_in_transaction_session_timeout = '60s'`,
    `set local timezone = 'UTC'`,
    // Costs that rule out a way to find rows would make PostgreSQL compile each statement.
    'set local jit = off',
    ...(byIndex ? BY_INDEX : []),
    ...(changes ? [`select pg_advisory_xact_lock_shared(${LOCK})`] : []),
  ];
  return inTransaction(client, work, { begin: ['begin', ...settings].join('; ') });
}
