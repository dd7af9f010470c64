import { expect, test, vi } from 'vitest';
import { retry } from '../../runtime/time/retry';

const always = () => true;

/** Fails with numbered errors, and succeeds in the end. */
const failing = (times: number) => {
  let failures = 0;
  return vi.fn(async () => {
    if (failures === times) return 'done';
    failures += 1;
    throw new Error(`failure ${failures}`);
  });
};

test('does it again until it succeeds, with pauses that grow up to a limit', async () => {
  const work = failing(3);
  const start = performance.now();
  expect(await retry(work, { retries: 3, minTimeout: 10, maxTimeout: 20, shouldRetry: always })).toBe('done');
  expect(work).toHaveBeenCalledTimes(4);
  // 10, 20, and 20 instead of 40; a timer may be a millisecond early.
  expect(performance.now() - start).toBeGreaterThan(45);
});

test('throws what the last attempt threw', async () => {
  const work = failing(9);
  await expect(retry(work, { retries: 2, minTimeout: 0, shouldRetry: always })).rejects.toThrow('failure 3');
  expect(work).toHaveBeenCalledTimes(3);
});

test('asks about each error whether there is another attempt', async () => {
  const shouldRetry = vi.fn(({ error }: { error: Error }) => error.message !== 'failure 2');
  await expect(retry(failing(9), { retries: 5, minTimeout: 0, shouldRetry })).rejects.toThrow('failure 2');
  expect(shouldRetry.mock.calls.map(([{ error, ...rest }]) => [error.message, rest])).toEqual([
    ['failure 1', { retriesConsumed: 0 }],
    ['failure 2', { retriesConsumed: 1 }],
  ]);
});

test('starts no attempt after the time limit, but one at its end', async () => {
  const work = failing(Number.POSITIVE_INFINITY);
  const options = { retries: 100, minTimeout: 60_000, maxRetryTime: 30, randomize: true, shouldRetry: always };
  await expect(retry(work, options)).rejects.toThrow('failure 2');
});
