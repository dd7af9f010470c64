import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, isWholeFrom, number, optional, type Rules, text } from '@user-metrics/tagging/props';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  Metric,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Props of {@link ClusterAlarms}. */
export interface ClusterAlarmsProps {
  /** Identifier of the existing Aurora PostgreSQL cluster. */
  readonly clusterIdentifier: string;
  /**
   * CPU of the writer in percent, above which the alarm goes off.
   *
   * @default 70
   */
  readonly cpuPercent?: number;
  /**
   * Connections that the writer takes, as `SHOW max_connections` says.
   *
   * @default - not known: connections have no alarm
   */
  readonly maxConnections?: number;
  /**
   * Share of `maxConnections` in percent, above which the alarm goes off.
   *
   * @default 80
   */
  readonly connectionsPercent?: number;
  /**
   * Whether the writer is of the class db.serverless: its capacity has an alarm then, instead of its local storage.
   *
   * @default false
   */
  readonly serverless?: boolean;
  /**
   * Share of the highest capacity of a Serverless cluster in percent, above which the alarm goes off.
   *
   * @default 90
   */
  readonly capacityPercent?: number;
  /**
   * Local storage of the writer in GiB, for temporary tables and logs, below which the alarm goes off. The storage of the
   * data grows by itself.
   *
   * @default 2
   */
  readonly freeLocalGibibytes?: number;
  /**
   * Whether the cluster has readers: their lag has an alarm then.
   *
   * @default false
   */
  readonly readers?: boolean;
  /**
   * Lag of the slowest reader in milliseconds, above which the alarm goes off.
   *
   * @default 1000
   */
  readonly replicaLagMilliseconds?: number;
}

const PERCENT = number(
  'a percentage above 0, at most 100',
  'Leave it out for the default.',
  (value) => value > 0 && value <= 100,
);
const POSITIVE = number('a number above 0', 'Leave it out for the default.', (value) => value > 0 && value < Infinity);

const RULES: Rules<ClusterAlarmsProps> = {
  clusterIdentifier: text(
    'the identifier of a DB cluster',
    'Find it with: aws rds describe-db-clusters --query "DBClusters[].DBClusterIdentifier"',
    /^[a-z][a-z0-9-]{0,62}$/i,
  ),
  cpuPercent: optional(PERCENT),
  maxConnections: optional(
    number('a whole number, 1 or more', 'Ask the database: SHOW max_connections', isWholeFrom(1)),
  ),
  connectionsPercent: optional(PERCENT),
  serverless: optional(FLAG),
  capacityPercent: optional(PERCENT),
  freeLocalGibibytes: optional(POSITIVE),
  readers: optional(FLAG),
  replicaLagMilliseconds: optional(POSITIVE),
};

/** What an alarm watches; each value is one of five minutes. */
interface Watched {
  readonly id: string;
  readonly metric: string;
  /** @default 'WRITER' */
  readonly role?: 'READER';
  readonly statistic: string;
  readonly threshold: number;
  /** @default false */
  readonly isBelow?: boolean;
  readonly description: string;
}

/**
 * Alarms on an existing Aurora cluster that Umami shares with an application: CPU, connections, local storage or capacity, and the lag of
 * readers. They name the cluster by its identifier and change nothing in it. Each goes off after fifteen minutes, and follows a
 * failover to another writer. Without values, such as for a misspelled cluster or a paused one, an alarm is in the state INSUFFICIENT_DATA.
 *
 * @example
 * const alarms = new ClusterAlarms(stack, 'ClusterAlarms', { clusterIdentifier: 'application', maxConnections: 844 });
 * alarms.addAlarmAction(new SnsAction(topic));
 */
export class ClusterAlarms extends Construct {
  /** The alarms, each $0.10 a month. */
  readonly alarms: readonly Alarm[];

  /**
   * @throws Error for an identifier that no cluster has, for a value out of its range, for a token where it is computed with, and for
   * a threshold whose alarm is not there
   */
  constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    checkProps(props, RULES, Error);
    requireKnown({ maxConnections: props.maxConnections, freeLocalGibibytes: props.freeLocalGibibytes });
    requireUsed(props);
    this.alarms = watchedOf(props).map((watched) => this.alarm(props.clusterIdentifier, watched));
    applyComponentTags(this, 'umami');
  }

  /** Adds what is done when one of the alarms goes off. */
  addAlarmAction(...actions: IAlarmAction[]): void {
    for (const alarm of this.alarms) alarm.addAlarmAction(...actions);
  }

  private alarm(cluster: string, { id, metric, role, statistic, threshold, isBelow, description }: Watched): Alarm {
    const { LESS_THAN_THRESHOLD, GREATER_THAN_THRESHOLD } = ComparisonOperator;
    const options: MetricOptions = { statistic, period: Duration.minutes(5) };
    const dimensionsMap = { DBClusterIdentifier: cluster, Role: role ?? 'WRITER' };
    return new Alarm(this, id, {
      alarmDescription: `Aurora cluster ${cluster}: ${description}`,
      metric: new Metric({ namespace: 'AWS/RDS', metricName: metric, dimensionsMap, ...options }),
      threshold,
      comparisonOperator: isBelow ? LESS_THAN_THRESHOLD : GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.MISSING,
    });
  }
}

/** A threshold is computed of these, which cannot be done with what the deployment alone knows. */
function requireKnown(values: { readonly [prop: string]: number | undefined }): void {
  const [unknown] = Object.entries(values).find(([, value]) => Token.isUnresolved(value)) ?? [];
  if (unknown === undefined) return;
  throw new Error(`\`${unknown}\` must be a number at synth, got: a token. Write the number down.`);
}

/** A threshold without its alarm would be ignored, and somebody would count on it. */
function requireUsed(props: ClusterAlarmsProps): void {
  const { maxConnections, serverless, readers } = props;
  const unused = {
    connectionsPercent: maxConnections === undefined && 'without `maxConnections`',
    capacityPercent: !serverless && 'without `serverless`',
    freeLocalGibibytes: serverless && 'with `serverless`',
    replicaLagMilliseconds: !readers && 'without `readers`',
  };
  for (const [name, reason] of Object.entries(unused)) {
    const value = props[name as keyof ClusterAlarmsProps];
    if (!reason || value === undefined) continue;
    throw new Error(`\`${name}\` must be left out ${reason}, got: ${value}. There is no such alarm then.`);
  }
}

function watchedOf(props: ClusterAlarmsProps): Watched[] {
  const { maxConnections, cpuPercent = 70, connectionsPercent = 80, capacityPercent = 90 } = props;
  const { freeLocalGibibytes = 2, replicaLagMilliseconds = 1000 } = props;
  return [
    {
      id: 'Cpu',
      metric: 'CPUUtilization',
      statistic: Stats.AVERAGE,
      threshold: cpuPercent,
      description: `the CPU of the writer is above ${cpuPercent} % for 15 minutes.`,
    },
    ...(maxConnections === undefined ? [] : [connections(maxConnections, connectionsPercent)]),
    props.serverless
      ? {
          id: 'Capacity',
          metric: 'ACUUtilization',
          statistic: Stats.AVERAGE,
          threshold: capacityPercent,
          description: `the writer uses more than ${capacityPercent} % of its highest capacity for 15 minutes.`,
        }
      : {
          id: 'LocalStorage',
          metric: 'FreeLocalStorage',
          statistic: Stats.MINIMUM,
          threshold: freeLocalGibibytes * 2 ** 30,
          isBelow: true,
          description: `the writer has less than ${freeLocalGibibytes} GiB of local storage free for 15 minutes.`,
        },
    ...(props.readers ? [replicaLag(replicaLagMilliseconds)] : []),
  ];
}

function connections(maxConnections: number, percent: number): Watched {
  return {
    id: 'Connections',
    metric: 'DatabaseConnections',
    statistic: Stats.MAXIMUM,
    threshold: (maxConnections * percent) / 100,
    description: `the writer has more than ${percent} % of its ${maxConnections} connections for 15 minutes.`,
  };
}

function replicaLag(milliseconds: number): Watched {
  return {
    id: 'ReplicaLag',
    metric: 'AuroraReplicaLag',
    role: 'READER',
    statistic: Stats.MAXIMUM,
    threshold: milliseconds,
    description: `a reader is more than ${milliseconds} ms behind for 15 minutes.`,
  };
}
