import { retry } from '../time/retry';
import { isSqlstate } from './sqlstate';

/** What two sessions that change the same row of a catalog get: one goes on, the other fails at once. */
const ROUTINES = new Set(['simple_heap_update', 'simple_heap_delete']);

/** SQLSTATEs of transactions that PostgreSQL asks to try again: serialization failure, deadlock. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Attempts after the first one, some three seconds altogether. */
const RETRIES = 6;

/** Milliseconds between two attempts to get locks: long enough for a queue of queries to pass. */
const LONGEST_PAUSE = 3000;

/**
 * Does something again that met somebody else: the application, too, grants rights on its database, and PostgreSQL makes
 * nobody wait there ("tuple concurrently updated").
 *
 * @param work a whole transaction, rolled back when it fails
 * @param lockRetryTime milliseconds in which a transaction that gave up waiting for a lock is tried again. @default 0
 */
export async function retryingCollisions<T>(work: () => Promise<T>, lockRetryTime = 0): Promise<T> {
  const start = performance.now();
  return retry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 30,
    maxTimeout: LONGEST_PAUSE,
    randomize: true,
    shouldRetry: ({ error, retriesConsumed }) =>
      isLockTimeout(error)
        ? performance.now() - start < lockRetryTime
        : retriesConsumed < RETRIES && isCollision(error),
  });
}

/** Whether PostgreSQL gave up waiting for a lock, because of `lock_timeout` or NOWAIT. */
export function isLockTimeout(error: unknown): boolean {
  return isSqlstate(error, 'lockNotAvailable');
}

function isCollision(error: Error & { code?: string; routine?: string }): boolean {
  // The message is in the server's language; the routine is not.
  return (
    TRY_AGAIN.has(error.code ?? '') ||
    (error.code === 'XX000' && (ROUTINES.has(error.routine ?? '') || /^tuple concurrently/.test(error.message)))
  );
}
