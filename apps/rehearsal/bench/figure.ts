/** One thing that was measured several times. */
export interface Figure {
  readonly what: string;
  readonly unit: 's' | 'ms' | 'kB' | 'MB' | '×' | 'processors' | 'packages';
  readonly values: readonly number[];
  /** What it should not exceed. */
  readonly limit: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** The time of a piece of work, in milliseconds. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The time that so many of a hundred transactions do not exceed. */
export function percentile(values: readonly number[], of: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length * of) / 100)] ?? Number.NaN;
}
