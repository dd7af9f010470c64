import type { Figure } from '@user-metrics/umami-db/verification';

/** What a metric is published for. */
export interface Measured {
  /** Identifier of the instance or the cluster. */
  readonly id: string;
  readonly of: 'instance' | 'cluster';
  readonly isServerless: boolean;
  /** Whether the instance class has CPU credits: T classes alone have. */
  readonly hasCredits: boolean;
}

/** A metric of AWS/RDS that tells of the load of a cluster (Aurora guide, "Amazon CloudWatch metrics for Amazon Aurora"). */
export interface ClusterMetric extends Pick<Figure, 'unit' | 'worse' | 'relevant'> {
  readonly name: string;
  /** Why it is not published there. @default - it is */
  readonly notApplicable?: (measured: Measured) => string | undefined;
}

const OF_CLUSTER = ({ of }: Measured) => (of === 'cluster' ? undefined : 'Aurora publishes it for the cluster alone');
const MEBIBYTE = 2 ** 20;

export const CLUSTER_METRICS: readonly ClusterMetric[] = [
  { name: 'CPUUtilization', unit: '%', worse: 'higher', relevant: 2 },
  { name: 'DatabaseConnections', unit: 'sessions', worse: 'higher', relevant: 2 },
  { name: 'FreeableMemory', unit: 'bytes', worse: 'lower', relevant: 64 * MEBIBYTE },
  { name: 'ReadIOPS', unit: '1/s', worse: 'higher', relevant: 5 },
  { name: 'WriteIOPS', unit: '1/s', worse: 'higher', relevant: 5 },
  { name: 'ReadLatency', unit: 's', worse: 'higher', relevant: 0.001 },
  { name: 'WriteLatency', unit: 's', worse: 'higher', relevant: 0.001 },
  { name: 'VolumeReadIOPs', unit: 'operations in 5 min', worse: 'higher', relevant: 100, notApplicable: OF_CLUSTER },
  { name: 'VolumeWriteIOPs', unit: 'operations in 5 min', worse: 'higher', relevant: 100, notApplicable: OF_CLUSTER },
  {
    name: 'ServerlessDatabaseCapacity',
    unit: 'ACU',
    worse: 'higher',
    relevant: 0.5,
    notApplicable: (measured) =>
      measured.isServerless ? undefined : 'the cluster has no instance of the class db.serverless',
  },
  {
    name: 'CPUCreditBalance',
    unit: 'credits',
    worse: 'lower',
    relevant: 5,
    notApplicable: ({ hasCredits }) => (hasCredits ? undefined : 'instances of T classes alone have CPU credits'),
  },
];
