import { type CostExplorerState, sentenceOf } from '@user-metrics/cost/cost-explorer';
import { newestTrendState } from '../../account/cost-trend';
import { dashboardBodies, type Metric, metricsIn } from '../../account/dashboards';
import { costOf, type ExpectedStage } from '../../account/deployed-stage';
import { lifecycleRules } from '../../account/recordings-bucket';
import type { Criterion } from '../criterion';

/** Metrics that AWS services publish, by namespace, as far as the dashboards show them. */
const PUBLISHED: { readonly [namespace: string]: readonly string[] } = {
  'AWS/Billing': ['EstimatedCharges'],
  'AWS/S3': ['BucketSizeBytes', 'NumberOfObjects'],
};

export interface ObservedDashboards {
  readonly metrics: readonly Metric[];
  /** Storage classes that the lifecycle rules of each bucket on a dashboard move objects to. */
  readonly storageClasses: { readonly [bucket: string]: readonly string[] };
  /** What the function that reads the cost of the project wrote last. @default - it has not run yet, or there is none */
  readonly trend?: CostExplorerState | undefined;
}

/** `1.4.AC3`: the dashboards, and every metric that they name. */
export const dashboards: Criterion<ObservedDashboards> = {
  id: '1.4.AC3',
  async observe(deployed) {
    const metrics = (await dashboardBodies(deployed)).flatMap(metricsIn);
    const storageClasses: { [bucket: string]: string[] } = {};
    for (const bucket of new Set(sizesIn(metrics).map(({ BucketName = '' }) => BucketName))) {
      const transitions = (await lifecycleRules(deployed, bucket)).flatMap(({ Transitions = [] }) => Transitions);
      storageClasses[bucket] = transitions.map(({ StorageClass = '' }) => StorageClass);
    }
    return { metrics, storageClasses, trend: await newestTrendState(deployed) };
  },
  evaluate({ metrics, storageClasses, trend }, expected) {
    const unknown = metrics.filter(({ namespace, name }) => !PUBLISHED[namespace]?.includes(name));
    const services = new Set(metrics.flatMap(({ dimensions }) => dimensions['ServiceName'] ?? []));
    const figures = figuresOf(trend, expected);
    return {
      ...(figures.waitsFor === undefined ? {} : { waitsFor: figures.waitsFor }),
      wrong: [
        ...figures.wrong,
        ...(services.size > 0 || !costOf(expected).reports ? [] : ['no dashboard shows the cost of a service']),
        ...unknown.map(({ namespace, name }) => `nobody publishes ${namespace} ${name}`),
        ...Object.entries(storageClasses).flatMap(([bucket, classes]) => wrongSizes(bucket, classes, metrics)),
      ],
      evidence: `${metrics.length} metrics, ${services.size} services`,
    };
  },
};

/** Why the dashboard has no figures of the project, as far as somebody has to act, and as far as it takes time. */
function figuresOf(
  trend: CostExplorerState | undefined,
  expected: ExpectedStage,
): { readonly wrong: readonly string[]; readonly waitsFor?: string } {
  const { reports, trend: isOn } = costOf(expected);
  if (!reports || !isOn || trend === 'ok') return { wrong: [] };
  if (trend === undefined) return { wrong: [], waitsFor: 'the first daily run, which reads the cost of the project' };
  return trend === 'tag-inactive' ? { wrong: [], waitsFor: sentenceOf(trend) } : { wrong: [sentenceOf(trend)] };
}

/** S3 publishes the size of a bucket under the types of S3 Standard, and of the storage classes that its rules move objects to. */
function wrongSizes(bucket: string, classes: readonly string[], metrics: readonly Metric[]): string[] {
  const expected = new Set(['STANDARD', ...classes]);
  const ofBucket = sizesIn(metrics).filter(({ BucketName }) => BucketName === bucket);
  const shown = new Map(ofBucket.map(({ StorageType = '' }) => [classOf(StorageType), StorageType]));
  const unexpected = [...shown].filter(([storageClass]) => !expected.has(storageClass));
  const missing = [...expected].filter((storageClass) => !shown.has(storageClass));
  return [
    ...unexpected.map(([, type]) => `nothing moves objects of ${bucket} to ${type}, which is shown`),
    ...missing.map((storageClass) => `the size of ${bucket} in ${storageClass} is not shown`),
  ];
}

function sizesIn(metrics: readonly Metric[]): Metric['dimensions'][] {
  return metrics.filter(({ name }) => name === 'BucketSizeBytes').map(({ dimensions }) => dimensions);
}

/** Storage class whose bytes S3 counts under a storage type (S3 guide, "Amazon S3 metrics and dimensions"). */
function classOf(storageType: string): string {
  if (storageType.startsWith('IntelligentTiering')) return 'INTELLIGENT_TIERING';
  return storageType.replace(/(?:S3Object|Object)?(?:Storage|Overhead)$/, '').toUpperCase();
}
