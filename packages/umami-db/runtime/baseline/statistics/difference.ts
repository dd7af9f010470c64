import { studentTails } from './normal';
import { quantileOfSorted } from './quantile';
import { rankSum } from './rank-sum';

export interface Difference {
  /** Probability of a difference like this or larger if both samples are of one distribution. */
  readonly p: number;
  /** Positive: the second sample is higher. */
  readonly direction: number;
  /** Median of all differences between a value of the second sample and one of the first (Hodges and Lehmann). */
  readonly shift: number;
  /** Interval that holds the true shift at 95 %. */
  readonly low: number;
  readonly high: number;
  /** Difference of the means. */
  readonly meanDifference: number;
  /** How many independent measurements the smaller sample is worth. */
  readonly independent: number;
}

/** Fewer independent measurements show nothing. */
export const FEWEST = 3;

/**
 * Compares two samples in the order of time. Two tests must agree, and the larger probability counts: the rank sum test, which
 * assumes nothing of the distribution but that the measurements are independent of each other; and Welch's t-test with the
 * number of measurements reduced by their autocorrelation, for measurements that follow each other closely are alike.
 */
export function differenceOf(before: readonly number[], after: readonly number[]): Difference {
  const { p, direction } = rankSum(before, after);
  const inflation = inflationOf(autocorrelation([before, after]));
  const independent = Math.min(before.length, after.length) / inflation;
  const differences = Float64Array.from(after.flatMap((later) => before.map((earlier) => later - earlier))).sort();
  const shift = quantileOfSorted(differences, 0.5);
  const [low, high] = interval(differences, before.length, after.length);
  const wider = Math.sqrt(inflation);
  return {
    p: independent < FEWEST ? 1 : Math.max(p, welch(before, after, inflation)),
    direction,
    shift,
    low: shift - (shift - low) * wider,
    high: shift + (high - shift) * wider,
    meanDifference: meanOf(after) - meanOf(before),
    independent,
  };
}

/** One-sided 95 % of the normal distribution, and two-sided. */
const UPPER = 1.645;
const TWO_SIDED = 1.96;

/** By how much autocorrelation of the first order makes the variance of a mean larger. */
function inflationOf(correlation: number): number {
  return (1 + correlation) / (1 - correlation);
}

/** Correlation of each measurement with the next one, about the mean of its sample: the upper end of what it may be at 95 %. */
function autocorrelation(samples: readonly (readonly number[])[]): number {
  let [products, squares, count] = [0, 0, 0];
  for (const values of samples) {
    const mean = meanOf(values);
    values.forEach((value, index) => {
      const next = values[index + 1];
      squares += (value - mean) ** 2;
      if (next !== undefined) products += (value - mean) * (next - mean);
    });
    count += values.length;
  }
  if (squares === 0) return 0;
  const found = products / squares;
  // Short samples show too little of it (Kendall).
  const bias = ((1 + 3 * found) * samples.length) / count;
  return Math.min(0.98, Math.max(0, found + bias + UPPER / Math.sqrt(count)));
}

function welch(before: readonly number[], after: readonly number[], inflation: number): number {
  const variance = (varianceOf(before) / before.length + varianceOf(after) / after.length) * inflation;
  const difference = Math.abs(meanOf(after) - meanOf(before));
  const degrees = Math.max(1, (before.length + after.length) / inflation - 2);
  return difference === 0 ? 1 : studentTails(difference / Math.sqrt(variance), degrees);
}

/** The differences between which the true shift lies, by the rank sum. */
function interval(sorted: Float64Array, size: number, otherSize: number): readonly [number, number] {
  const pairs = size * otherSize;
  const outside = pairs / 2 - TWO_SIDED * Math.sqrt((pairs * (size + otherSize + 1)) / 12);
  const index = Math.max(0, Math.floor(outside));
  return [sorted[index] ?? Number.NaN, sorted[pairs - 1 - index] ?? Number.NaN];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
}
