/** Smallest limit of a budget in USD a month: below it there is no mark of a whole cent between 0 and the limit. */
export const LEAST_LIMIT = 0.02;

/**
 * The mark of a budget whose configuration names none: 100 USD, or two thirds of a limit that is not above that.
 *
 * @param limit USD a month
 * @returns USD, whole where that is above 0, else in cents
 */
export function defaultLowerMark(limit: number): number {
  if (limit > 100) return 100;
  return Math.floor((limit * 2) / 3) || Math.floor((limit * 200) / 3) / 100;
}
