/** Whole hours. */
export interface Hours {
  readonly from: Date;
  /** End of the last hour. */
  readonly to: Date;
}

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

/** The last 168 whole hours: each hour of each weekday once. */
export function lastWeek(now: Date): Hours {
  const to = Math.floor(now.getTime() / HOUR) * HOUR;
  return { from: new Date(to - WEEK), to: new Date(to) };
}

/**
 * The whole hours since a change, the last week at most, and the hours of the same weekdays before it.
 *
 * @returns nothing in the first hour
 */
export function sameWeekdayHours(changedAt: Date, now: Date): { before: Hours; after: Hours } | undefined {
  const week = lastWeek(now);
  const from = Math.max(Math.ceil(changedAt.getTime() / HOUR) * HOUR, week.from.getTime());
  const to = week.to.getTime();
  if (from >= to) return undefined;
  const weeks = Math.ceil((to - changedAt.getTime()) / WEEK);
  const before = { from: new Date(from - weeks * WEEK), to: new Date(to - weeks * WEEK) };
  return { before, after: { from: new Date(from), to: new Date(to) } };
}

/** How many they are. */
export function countOf({ from, to }: Hours): number {
  return (to.getTime() - from.getTime()) / HOUR;
}
