import { expect, test } from 'vitest';
import { mapBounded } from '../../src/account/bounded';

test('a few run at a time, and the results are in the order of the items', async () => {
  let [running, most] = [0, 0];
  const ends: (() => void)[] = [];
  const results = mapBounded(
    [1, 2, 3, 4, 5],
    async (item) => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running--;
      return item * 2;
    },
    2,
  );
  for (let ended = 0; ended < 5; ended++) {
    while (ends.length === 0) await Promise.resolve();
    ends.pop()?.();
  }
  expect(await results).toEqual([2, 4, 6, 8, 10]);
  expect(most).toBe(2);
});

test('an error ends it', async () => {
  await expect(mapBounded([1, 2], async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
