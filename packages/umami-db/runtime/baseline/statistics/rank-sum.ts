import { upperTail } from './normal';

/** Up to so many values of both samples together the probability is exact, ties included; beyond, the normal distribution is close. */
const EXACT = 60;

/** Result of a Wilcoxon rank sum (Mann–Whitney) test. */
interface RankSum {
  /** Two-sided probability of a difference like this or larger between two samples of one distribution. */
  readonly p: number;
  /** Positive: the second sample tends to be higher. */
  readonly direction: number;
}

/** Whether the values of one sample tend to be higher than those of the other; nothing is assumed of their distribution. */
export function rankSum(one: readonly number[], other: readonly number[]): RankSum {
  const doubled = doubledRanks([...one, ...other]);
  const observed = sum(doubled.slice(one.length));
  const direction = observed - other.length * (doubled.length + 1);
  const p =
    doubled.length <= EXACT ? exact(doubled, other.length, observed) : approximate(doubled, other.length, direction);
  return { p: Math.min(1, p), direction };
}

/** Twice the rank of each value: equal values share the mean of their ranks, which may be a half. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = [...values].sort((one, other) => one - other);
  return values.map((value) => {
    const first = sorted.indexOf(value);
    const last = sorted.lastIndexOf(value);
    return first + last + 2;
  });
}

/** Counts the choices of so many ranks by their sum. */
function exact(ranks: readonly number[], size: number, observed: number): number {
  // Small numbers make the count short.
  const lowest = Math.min(...ranks);
  const step = ranks.every((rank) => (rank - lowest) % 2 === 0) ? 2 : 1;
  const small = ranks.map((rank) => (rank - lowest) / step);
  const ways = waysOf(small, size);
  const reached = (observed - size * lowest) / step;
  return (2 * Math.min(sum(ways.subarray(0, reached + 1)), sum(ways.subarray(reached)))) / sum(ways);
}

/** Figures without equal values have the same ranks; those with some hardly ever do. */
let last: { readonly key: string; readonly ways: Float64Array } | undefined;

/** In how many ways so many of the ranks can be chosen, by their sum. */
function waysOf(ranks: readonly number[], size: number): Float64Array {
  const sorted = [...ranks].sort((one, other) => one - other);
  if (new Set(sorted).size < sorted.length) return countWays(sorted, size);
  const key = `${size} of ${sorted.length}`;
  last = last?.key === key ? last : { key, ways: countWays(sorted, size) };
  return last.ways;
}

function countWays(ranks: readonly number[], size: number): Float64Array {
  const total = sum(ranks);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(total + 1));
  for (const none of ways.slice(0, 1)) none[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let chosen = size; chosen > 0; chosen -= 1) {
      const [to, from] = [ways[chosen], ways[chosen - 1]];
      if (!to || !from) continue;
      for (let at = reached; at >= rank; at -= 1) to[at] = (to[at] ?? 0) + (from[at - rank] ?? 0);
    }
  }
  return ways[size] ?? new Float64Array(1);
}

/** With the correction for ties, and for continuity. */
function approximate(ranks: readonly number[], size: number, difference: number): number {
  const [count, rest] = [ranks.length, ranks.length - size];
  const mean = count + 1;
  const variance = ranks.reduce((squares, rank) => squares + (rank - mean) ** 2, 0) / (count - 1);
  const deviation = Math.sqrt((size * rest * variance) / count);
  return deviation === 0 ? 1 : 2 * upperTail(Math.max(0, Math.abs(difference) - 1) / deviation);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
