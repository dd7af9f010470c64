/** Name of the metric that the function publishes, in `COST_TREND_NAMESPACE`: days since the end of the newest day with a cost. */
export const COST_TREND_METRIC = 'DaysSinceNewestCost';

/** Namespace of {@link COST_TREND_METRIC}. */
export const COST_TREND_NAMESPACE = 'UserMetrics/Cost';

/** Days without a new cost after which something is wrong: Cost Explorer is a day late, at times two. */
export const DAYS_WITHOUT_COST = 2;

/** Log stream of the lines, in the log group of the function. */
export const COST_TREND_STREAM = 'costs';

/** What the cost of services is called that have no line of their own. */
export const OTHER = 'Other';

/**
 * One day, as it is known at the time of a run. The log event is stamped inside that day, a later run later in it: the
 * latest event of a day holds all corrections.
 */
export interface DayLine {
  readonly kind: 'day';
  /** E.g. `2026-11-03`, UTC. */
  readonly day: string;
  /** USD of the day. */
  readonly total: number;
  /** USD from the first of the month to the end of the day. */
  readonly monthToDate: number;
  /** USD by the end of the month, if the days to come cost what the last seven did. */
  readonly forecast: number;
  /** USD a month that the project may cost, and the mark below it. */
  readonly budgetLimit: number;
  readonly lowerMark: number;
  /** USD by {@link fieldOf} of a service. */
  readonly service: { readonly [field: string]: number };
  /** USD by {@link fieldOf} of a value of the tag `Component`. */
  readonly component: { readonly [field: string]: number };
}

/** What became of a run, stamped at its time. */
export interface StateLine {
  readonly kind: 'state';
  readonly checkedAt: string;
  readonly state: string;
  /** What that means and what to do. */
  readonly sentence: string;
  /** The newest day with a cost. */
  readonly newestDay?: string;
  /** USD of the month of that day. */
  readonly monthToDate?: number;
  readonly forecast?: number;
  /** The most expensive services of the month, for reading. */
  readonly services?: string;
  /** Pages that were read of Cost Explorer, $0.01 each. */
  readonly pages: number;
}

/** A name as the field of a log line and of a query: letters, digits and `_`. */
export function fieldOf(name: string): string {
  return name
    .replace(/^(Amazon|AWS) ?/, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
