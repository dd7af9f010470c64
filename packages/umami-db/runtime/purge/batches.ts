import type { ClientBase } from 'pg';
import { isLockTimeout } from '../connection/collision';
import { isSqlstate } from '../connection/sqlstate';
import { lockHolders } from '../inspection/lock-holders';
import { ProvisionError } from '../target/provision-error';
import { retry } from '../time/retry';
import { deleteSql, referring, reusedSql, type Subject } from './statements';
import { inBoundedTransaction } from './transaction';

/** Rows of a batch: the first, and at most. */
const FIRST_ROWS = 500;
const MOST_ROWS = 2_000;

/** Milliseconds that a batch should take. */
const BATCH_TIME = 250;

/** Times that a batch is tried again because Umami referred to one of its rows meanwhile. */
const REUSES = 10;

export interface Batching {
  readonly before: string;
  readonly deadline: number;
  /** Milliseconds in which a batch that gets no lock is tried again. */
  readonly lockRetryTime: number;
  /** Waits between two batches, told how many milliseconds the last one took. */
  pause(milliseconds: number): Promise<void>;
}

export interface Deleted {
  readonly rows: number;
  readonly bytes: number;
}

/** Umami refers to a row that was about to be deleted. */
class ReusedError extends Error {
  override readonly name = 'ReusedError';
}

/** Rows that a batch may have so that it takes the time that it should. */
export class BatchSize {
  rows = FIRST_ROWS;

  measured(rows: number, milliseconds: number): void {
    const fitting = (rows * BATCH_TIME) / Math.max(milliseconds, 1);
    this.rows = Math.round(Math.min(MOST_ROWS, 2 * this.rows, Math.max(1, fitting, this.rows / 4)));
  }

  /** After a batch that took longer than a statement may. Answers with false when it cannot be smaller. */
  shrink(): boolean {
    if (this.rows === 1) return false;
    this.rows = Math.ceil(this.rows / 10);
    return true;
  }
}

/**
 * Deletes rows by their keys, batch by batch, until the time is over.
 *
 * @param size kept from one page of keys to the next
 * @returns whether all batches were done
 */
export async function deleteByKey(
  client: ClientBase,
  subject: Subject,
  keys: readonly (readonly string[])[],
  batching: Batching,
  { size, onDeleted }: { readonly size: BatchSize; onDeleted(deleted: Deleted): void },
): Promise<boolean> {
  for (let done = 0; done < keys.length; ) {
    if (performance.now() >= batching.deadline) return false;
    const batch = keys.slice(done, done + size.rows);
    const start = performance.now();
    try {
      onDeleted(await deleteBatch(client, subject, batch, batching));
    } catch (error) {
      if (isSqlstate(error, 'queryCanceled') && size.shrink()) continue;
      throw error;
    }
    const milliseconds = performance.now() - start;
    size.measured(batch.length, milliseconds);
    done += batch.length;
    await batching.pause(milliseconds);
  }
  return true;
}

async function deleteBatch(
  client: ClientBase,
  subject: Subject,
  keys: readonly (readonly string[])[],
  { before, deadline, lockRetryTime }: Batching,
): Promise<Deleted> {
  const values = subject.key.map((_, place) => keys.map((key) => key[place]));
  const work = async () => {
    const { rows } = await client.query<Deleted & Record<string, string[]>>(deleteSql(subject), [before, ...values]);
    const [deleted] = rows;
    if (!deleted) throw new Error('PostgreSQL returned no row for an aggregate.');
    if (deleted.rows > 0 && subject.isReused) await requireUnused(client, subject, deleted);
    return { rows: deleted.rows, bytes: deleted.bytes };
  };
  const attempt = () => inBoundedTransaction(client, { deadline, changes: true }, work);
  try {
    return await retry(attempt, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 30,
      maxTimeout: 3_000,
      maxRetryTime: Math.max(0, Math.min(lockRetryTime, deadline - performance.now())),
      randomize: true,
      shouldRetry: ({ error, retriesConsumed }) =>
        isLockTimeout(error) || (error instanceof ReusedError && retriesConsumed < REUSES),
    });
  } catch (error) {
    if (error instanceof ReusedError) return { rows: 0, bytes: 0 };
    if (isLockTimeout(error)) throw await lockedError(client, subject, lockRetryTime, error);
    throw error;
  }
}

/** A statement sees what was committed before it began: what Umami wrote during the one that deletes is seen by another one. */
async function requireUnused(client: ClientBase, subject: Subject, deleted: Record<string, unknown>): Promise<void> {
  const values = referring(subject).map((column) => deleted[column]);
  const { rows } = await client.query<{ reused: boolean }>(reusedSql(subject), values);
  if (rows[0]?.reused) throw new ReusedError('A row is referred to again.');
}

async function lockedError(
  client: ClientBase,
  { schema, table }: Subject,
  lockRetryTime: number,
  cause: unknown,
): Promise<ProvisionError> {
  const holders = await lockHolders(client, { target: { schema }, changes: 'rows' }).catch(() => '');
  return new ProvisionError(
    `Rows of table ${schema}.${table} could not be deleted: another session has locked it, or a provisioning works in this database, for more than ${Math.round(lockRetryTime / 1000)} seconds.${holders} What was deleted stays deleted. Wait until the transaction that is in the way ends, and run it again: it continues there.`,
    { cause },
  );
}
