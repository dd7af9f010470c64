import type { Account } from '../account';
import { ourResources } from '../stack-resources';
import type { AccountCheck } from './account-check';

/** Metrics that AWS services publish, by namespace, as far as our dashboards show them. */
const PUBLISHED: { readonly [namespace: string]: readonly string[] } = {
  'AWS/Billing': ['EstimatedCharges'],
  'AWS/S3': ['BucketSizeBytes', 'NumberOfObjects'],
};

/** `1.4.AC3`: the dashboards, and every metric that they name. */
export const dashboards: AccountCheck = {
  id: '1.4.AC3',
  async look(account) {
    const metrics = await metricsOf(account);
    const unknown = metrics.filter(({ namespace, name }) => !PUBLISHED[namespace]?.includes(name));
    const services = new Set(metrics.flatMap(({ dimensions }) => dimensions['ServiceName'] ?? []));
    return {
      wrong: [
        ...(services.size > 0 ? [] : ['no dashboard shows the cost of a service']),
        ...unknown.map(({ namespace, name }) => `nobody publishes ${namespace} ${name}`),
        ...(await wrongStorageTypes(account, metrics)),
      ],
      evidence: `${metrics.length} metrics, ${services.size} services`,
    };
  },
};

/** S3 publishes the size of a bucket under the types of S3 Standard, and of the storage classes that its rules move objects to. */
async function wrongStorageTypes({ aws: { s3 } }: Account, metrics: readonly Metric[]): Promise<string[]> {
  const sizes = metrics.filter(({ name }) => name === 'BucketSizeBytes').map(({ dimensions }) => dimensions);
  const wrong: string[] = [];
  for (const Bucket of new Set(sizes.map(({ BucketName = '' }) => BucketName))) {
    const { Rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket });
    const classes = Rules.flatMap(({ Transitions = [] }) => Transitions.map(({ StorageClass = '' }) => StorageClass));
    const expected = new Set(['STANDARD', ...classes]);
    const ofBucket = sizes.filter(({ BucketName }) => BucketName === Bucket);
    const shown = new Map(ofBucket.map(({ StorageType = '' }) => [classOf(StorageType), StorageType]));
    for (const [storageClass, type] of shown)
      if (!expected.has(storageClass)) wrong.push(`nothing moves objects of ${Bucket} to ${type}, which is shown`);
    for (const storageClass of expected)
      if (!shown.has(storageClass)) wrong.push(`the size of ${Bucket} in ${storageClass} is not shown`);
  }
  return wrong;
}

/** Storage class whose bytes S3 counts under a storage type (S3 guide, "Amazon S3 metrics and dimensions"). */
function classOf(storageType: string): string {
  if (storageType.startsWith('IntelligentTiering')) return 'INTELLIGENT_TIERING';
  return storageType.replace(/(?:S3Object|Object)?(?:Storage|Overhead)$/, '').toUpperCase();
}

/** A metric that a dashboard names. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: { readonly [name: string]: string };
}

/** Metrics that the widgets of our dashboards name; an expression only refers to others. */
export async function metricsOf(account: Account): Promise<Metric[]> {
  const dashboards = (await ourResources(account)).filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
  const metrics: Metric[] = [];
  for (const { physicalId: DashboardName } of dashboards) {
    const { DashboardBody = '{}' } = await account.aws.cloudWatch.getDashboard({ DashboardName });
    metrics.push(...metricsIn(JSON.parse(DashboardBody)));
  }
  return metrics;
}

/** A widget names a metric by namespace, name, and each dimension's name and value; `.` repeats the metric before. */
function metricsIn({ widgets = [] }: DashboardBody): Metric[] {
  return widgets.flatMap(({ properties }) => {
    let before: readonly unknown[] = [];
    return (properties.metrics ?? [])
      .filter(([namespace]) => typeof namespace === 'string')
      .map((metric) => {
        before = metric.map((part, index) => (part === '.' ? before[index] : part));
        const [namespace, name, ...dimensions] = before.filter((part) => typeof part === 'string');
        return { namespace: String(namespace), name: String(name), dimensions: pairs(dimensions) };
      });
  });
}

interface DashboardBody {
  readonly widgets?: readonly { readonly properties: { readonly metrics?: readonly (readonly unknown[])[] } }[];
}

function pairs(items: readonly string[]): { [name: string]: string } {
  const count = Math.floor(items.length / 2);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [items[2 * index] ?? '', items[2 * index + 1] ?? '']),
  );
}
