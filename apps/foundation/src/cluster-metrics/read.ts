import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { NotRead } from '@user-metrics/umami-db/verification';
import type { Clients } from '../account/clients';
import { missingRight } from '../account/missing-right';
import { countOf, type Hours } from './hours';
import { CLUSTER_METRICS, type ClusterMetric, type Measured } from './metrics';

/** Statistics of each hour. CloudWatch forms the percentile of an hour from the values of its minutes. */
const STATISTICS = ['Average', 'p95'] as const;

/** An hour: CloudWatch keeps hourly values for 455 days. */
const PERIOD = 3600;

/** Queries of one request, and values of one page (CloudWatch API, GetMetricData). */
const MOST_QUERIES = 500;

/** Most pages of the answer to one request: a week of 500 queries is one. */
const MOST_PAGES = 20;

/** One statistic of one metric, by hour since the begin of the window. */
export interface Series {
  readonly metric: ClusterMetric;
  readonly measured: Measured;
  readonly statistic: (typeof STATISTICS)[number];
  readonly values: ReadonlyMap<number, number>;
}

/** What CloudWatch has of a cluster in some hours. */
export interface ReadMetrics {
  readonly series: readonly Series[];
  readonly notRead: readonly NotRead[];
}

type Asked = Omit<Series, 'values'>;

/** Reads the metrics of a cluster and of its instances; a missing right is among what was not read. */
export async function readMetrics(
  { cloudWatch }: Pick<Clients, 'cloudWatch'>,
  all: readonly Measured[],
  hours: Hours,
): Promise<ReadMetrics> {
  const asked: Asked[] = [];
  const notRead: NotRead[] = [];
  for (const measured of all)
    for (const metric of CLUSTER_METRICS) {
      const reason = metric.notApplicable?.(measured);
      if (reason === undefined) asked.push(...STATISTICS.map((statistic) => ({ metric, measured, statistic })));
      // What an instance never has needs no word: the cluster has it.
      else if (measured.of === 'cluster')
        notRead.push({ what: nameOf({ metric, measured }), state: 'not applicable', reason });
    }
  const series: Series[] = [];
  for (let first = 0; first < asked.length; first += MOST_QUERIES) {
    const part = asked.slice(first, first + MOST_QUERIES);
    try {
      const values = await valuesOf(cloudWatch, part, hours);
      series.push(...part.map((one, index) => ({ ...one, values: values[index] ?? new Map() })));
    } catch (error) {
      return { series: [], notRead: [...notRead, denied('CloudWatch metrics of the cluster', error)] };
    }
  }
  return { series, notRead: [...notRead, ...missingHours(series, countOf(hours))] };
}

/** @throws the error, when it is no denial */
export function denied(what: string, error: unknown): NotRead {
  const action = missingRight(error);
  if (action === undefined) throw error;
  return {
    what,
    state: 'unknown',
    reason: `AWS denied ${action}`,
    fix: `allow ${action} to the IAM identity that runs the command`,
  };
}

/** E.g. `CPUUtilization of instance shop-1`. */
export function nameOf({ metric, measured }: Pick<Series, 'metric' | 'measured'>): string {
  return `${metric.name} of ${measured.of} ${measured.id}`;
}

function missingHours(series: readonly Series[], expected: number): NotRead[] {
  return series
    .filter(({ statistic, values }) => statistic === 'Average' && values.size < expected)
    .map((one) => ({
      what: nameOf(one),
      state: 'unknown',
      reason:
        one.values.size === 0
          ? `CloudWatch has no value of it in these ${expected} hours`
          : `CloudWatch has values of ${one.values.size} of ${expected} hours; the others are left out`,
    }));
}

async function valuesOf(
  cloudWatch: Clients['cloudWatch'],
  asked: readonly Asked[],
  { from, to }: Hours,
): Promise<Map<number, number>[]> {
  const found = asked.map(() => new Map<number, number>());
  const MetricDataQueries = asked.map(queryOf);
  let NextToken: string | undefined;
  for (let page = 0; page === 0 || NextToken; page += 1) {
    if (page === MOST_PAGES)
      throw new Error(`CloudWatch gave more than ${MOST_PAGES} pages of hourly values. Try again.`);
    const answer = await cloudWatch.getMetricData({ MetricDataQueries, StartTime: from, EndTime: to, NextToken });
    for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? [])
      Timestamps.forEach((time, index) => {
        const hour = Math.floor((time.getTime() - from.getTime()) / (PERIOD * 1000));
        const value = Values[index];
        if (value !== undefined) found[Number(Id.slice(1))]?.set(hour, value);
      });
    NextToken = answer.NextToken;
  }
  return found;
}

function queryOf({ metric, measured, statistic }: Asked, index: number): MetricDataQuery {
  const Name = measured.of === 'instance' ? 'DBInstanceIdentifier' : 'DBClusterIdentifier';
  const Metric = { Namespace: 'AWS/RDS', MetricName: metric.name, Dimensions: [{ Name, Value: measured.id }] };
  return { Id: `m${index}`, MetricStat: { Metric, Period: PERIOD, Stat: statistic } };
}
