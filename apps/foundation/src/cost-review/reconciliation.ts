import type { ReviewInput } from './input';
import type { CostReview } from './schema';

/** Compares the sum over the values of the tag Project and what has none with the total of the account, to the cent. */
export function reconciliationOf({
  byProject,
  byRecordType,
}: Pick<ReviewInput, 'byProject' | 'byRecordType'>): CostReview['reconciliation'] {
  const [byValue, total] = [round(sum(byProject)), round(sum(byRecordType))];
  return { sum: byValue, total, isEqual: byValue === total };
}

/** The sum of amounts. */
export function sum(costs: readonly { readonly amount: number }[]): number {
  return costs.reduce((total, { amount }) => total + amount, 0);
}

/** Rounded, and never `-0`. */
export function round(value: number, digits = 2): number {
  return Math.round(value * 10 ** digits) / 10 ** digits + 0;
}
