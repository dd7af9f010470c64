import { setTimeout } from 'node:timers/promises';

/** How often and how long {@link retry} tries. Times are in milliseconds. */
interface RetryPolicy {
  /** Attempts after the first one. */
  readonly retries: number;
  /** Pause before the second attempt; each further pause is twice as long. */
  readonly minTimeout: number;
  /** Longest pause. @default - no limit */
  readonly maxTimeout?: number;
  /** No attempt starts later than this after the first one. @default - no limit */
  readonly maxRetryTime?: number;
  /** Whether pauses are longer by a random factor of up to 2, so that two callers do not meet again. @default false */
  readonly randomize?: boolean;
  /** Whether there is another attempt after this error. */
  readonly shouldRetry: (context: { readonly error: Error; readonly retriesConsumed: number }) => boolean;
}

/**
 * Does something again while it fails with an error that passes.
 *
 * @throws what the last attempt threw
 */
export async function retry<T>(work: () => Promise<T>, options: RetryPolicy): Promise<T> {
  const { retries, minTimeout, maxTimeout = Infinity, maxRetryTime = Infinity, randomize = false } = options;
  const start = performance.now();
  let isLast = false;
  for (let retriesConsumed = 0; ; retriesConsumed += 1) {
    try {
      return await work();
    } catch (error) {
      if (isLast || retriesConsumed >= retries || !options.shouldRetry({ error: error as Error, retriesConsumed }))
        throw error;
      const factor = randomize ? 1 + Math.random() : 1;
      const pause = Math.min(minTimeout * factor * 2 ** retriesConsumed, maxTimeout);
      const left = maxRetryTime - (performance.now() - start);
      if (left <= 0) throw error;
      // A timer may be early: the attempt at the end of the time limit is the last one in any case.
      isLast = pause >= left;
      await setTimeout(Math.min(pause, left));
    }
  }
}
