import pRetry from 'p-retry';

/** What two sessions that change the same row of a catalog get: one goes on, the other fails at once. */
const ROUTINES = new Set(['simple_heap_update', 'simple_heap_delete']);

/** SQLSTATEs of transactions that PostgreSQL asks to try again: serialization failure, deadlock. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Attempts after the first one, some three seconds altogether. */
const RETRIES = 6;

/**
 * Does something again that met somebody else: the application, too, grants rights on its database, and PostgreSQL makes
 * nobody wait there ("tuple concurrently updated").
 *
 * @param work a whole transaction, rolled back when it fails
 */
export async function retryingCollisions<T>(work: () => Promise<T>): Promise<T> {
  return pRetry(work, {
    retries: RETRIES,
    minTimeout: 30,
    randomize: true,
    shouldRetry: ({ error }) => isCollision(error),
  });
}

function isCollision(error: Error & { code?: string; routine?: string }): boolean {
  // The message is in the server's language; the routine is not.
  return (
    TRY_AGAIN.has(error.code ?? '') ||
    (error.code === 'XX000' && (ROUTINES.has(error.routine ?? '') || /^tuple concurrently/.test(error.message)))
  );
}
