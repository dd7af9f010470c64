import type { BaselinePart, Figure, NotRead } from '@user-metrics/umami-db/verification';
import type { Clients } from '../account/clients';
import { type Hours, lastWeek, sameWeekdayHours } from './hours';
import type { Measured } from './metrics';
import { denied, nameOf, type ReadMetrics, readMetrics, type Series } from './read';

type AskedClients = Pick<Clients, 'cloudWatch' | 'rds'>;

/** What CloudWatch has of a cluster and its instances, of the last 168 hours: each hour of each weekday once. */
export async function clusterMetrics(
  aws: AskedClients,
  clusterIdentifier: string,
  now = new Date(),
): Promise<BaselinePart> {
  const cluster = await measuredOf(aws, clusterIdentifier);
  const { series, notRead } = await readMetrics(aws, cluster.measured, lastWeek(now));
  return partOf(cluster, { series, notRead });
}

/**
 * What CloudWatch has of the hours since a change, the last week at most, and of the same weekday hours before it. Hours that are missing
 * on one side are left out on the other.
 *
 * @returns nothing in the first hour after the change
 */
export async function clusterMetricsBeforeAndAfter(
  aws: AskedClients,
  clusterIdentifier: string,
  changedAt: Date,
  now = new Date(),
): Promise<
  | {
      readonly before: BaselinePart;
      readonly after: BaselinePart;
      readonly hours: { readonly before: Hours; readonly after: Hours };
    }
  | undefined
> {
  const hours = sameWeekdayHours(changedAt, now);
  if (!hours) return undefined;
  const cluster = await measuredOf(aws, clusterIdentifier);
  const before = await readMetrics(aws, cluster.measured, hours.before);
  const after = await readMetrics(aws, cluster.measured, hours.after);
  return {
    before: partOf(cluster, { ...before, series: common(before.series, after.series) }),
    after: partOf(cluster, { ...after, series: common(after.series, before.series) }),
    hours,
  };
}

interface Cluster {
  readonly measured: readonly Measured[];
  readonly instanceClass?: string;
  readonly notRead: readonly NotRead[];
}

/** The cluster and its instances, of which there are 16 at most. */
async function measuredOf({ rds }: AskedClients, clusterIdentifier: string): Promise<Cluster> {
  const cluster = { id: clusterIdentifier, of: 'cluster', isServerless: false, hasCredits: false } as const;
  try {
    const { DBClusters: [found] = [] } = await rds.describeDBClusters({ DBClusterIdentifier: clusterIdentifier });
    const { DBInstances = [] } = await rds.describeDBInstances({
      Filters: [{ Name: 'db-cluster-id', Values: [clusterIdentifier] }],
    });
    const instances = DBInstances.map(({ DBInstanceIdentifier: id = '', DBInstanceClass = '' }) => ({
      id,
      instanceClass: DBInstanceClass,
      of: 'instance' as const,
      isServerless: DBInstanceClass === 'db.serverless',
      hasCredits: /^db\.t/.test(DBInstanceClass),
    })).sort((one, other) => (one.id < other.id ? -1 : 1));
    const { MinCapacity, MaxCapacity } = found?.ServerlessV2ScalingConfiguration ?? {};
    const capacity = MaxCapacity === undefined ? [] : [`${MinCapacity} to ${MaxCapacity} ACU`];
    const classes = [...instances.map(({ id, instanceClass }) => `${id} ${instanceClass}`), ...capacity];
    const isServerless = instances.some((instance) => instance.isServerless);
    const hasCredits = instances.some((instance) => instance.hasCredits);
    return {
      measured: [{ ...cluster, isServerless, hasCredits }, ...instances],
      ...(classes.length === 0 ? {} : { instanceClass: classes.join(', ') }),
      notRead: [],
    };
  } catch (error) {
    return { measured: [cluster], notRead: [denied(`instances of the cluster ${clusterIdentifier}`, error)] };
  }
}

function partOf({ instanceClass, notRead }: Cluster, read: ReadMetrics): BaselinePart {
  return {
    ...(instanceClass === undefined ? {} : { instanceClass }),
    figures: read.series.filter(({ values }) => values.size > 0).map(figureOf),
    notRead: [...notRead, ...read.notRead],
  };
}

function figureOf(series: Series): Figure {
  const { metric, statistic, values } = series;
  const { unit, worse, relevant = 0 } = metric;
  return {
    name: statistic === 'Average' ? nameOf(series) : `${nameOf(series)}, p95 of the hour`,
    group: 'cloudwatch',
    of: 'cluster',
    unit,
    worse,
    relevant,
    samples: [...values].sort(([one], [other]) => one - other).map(([, value]) => value),
  };
}

/** Series with the hours alone that the same series of another window has, too. */
function common(series: readonly Series[], others: readonly Series[]): Series[] {
  return series.map((one, index) => ({
    ...one,
    values: new Map([...one.values].filter(([hour]) => others[index]?.values.has(hour))),
  }));
}
