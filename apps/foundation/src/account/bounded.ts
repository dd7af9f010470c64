/** How many calls of AWS run at the same time. */
const CONCURRENCY = 8;

/**
 * Does the same with each item, a few at a time.
 *
 * @param concurrency how many at a time. @default 8
 * @returns the results in the order of the items
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  each: (item: Item) => Promise<Result>,
  concurrency = CONCURRENCY,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) results[index] = await each(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return results;
}
