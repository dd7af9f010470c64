import type { Item, Rules } from '../resource';
import { DAYS, type Usage } from '../usage';

/** Metrics of requests that S3 publishes for one filter (S3 guide, "Amazon S3 metrics and dimensions"). */
const REQUEST_METRICS = 16;

/** Days after which Intelligent-Tiering moves what nobody read to a cheaper tier. */
const TIERS = [
  { price: 's3.standard.gb', from: 0, to: 30 },
  { price: 's3.infrequent.gb', from: 30, to: 90 },
  { price: 's3.archive.gb', from: 90, to: Number.POSITIVE_INFINITY },
] as const;

interface LifecycleRule {
  readonly ExpirationInDays?: number;
  readonly TagFilters?: unknown;
  readonly Transitions?: { readonly StorageClass: string; readonly TransitionInDays: number }[];
}

/** What buckets cost, by what they hold. */
export const STORAGE_RULES: Rules = {
  'AWS::S3::Bucket': (properties, usage) => {
    const rules = rulesOf(properties);
    const metrics = Array.isArray(properties['MetricsConfigurations'])
      ? properties['MetricsConfigurations'].length * REQUEST_METRICS
      : 0;
    const requests: Item[] =
      metrics > 0
        ? [{ price: 'metric', quantity: metrics, assumption: 'metrics of requests, at most', outsideTheTag: true }]
        : [];
    switch (dataTypeOf(properties)) {
      case 'Sessions':
        return [...recordings(rules, usage), ...requests];
      case 'Logs':
        return [...logs(rules, usage), ...requests];
      default:
        return undefined;
    }
  },
};

function recordings(rules: LifecycleRule[], { sessions, megabytesOfSession, objectsOfSession }: Usage): Item[] {
  const days =
    rules.find(({ ExpirationInDays, TagFilters }) => ExpirationInDays && !TagFilters)?.ExpirationInDays ?? 365;
  const isTiered = transitionOf(rules, 'INTELLIGENT_TIERING') !== undefined;
  const gigabytesOfDay = (sessions * megabytesOfSession) / 1000 / DAYS;
  const objects = sessions * objectsOfSession;
  const stored = (isTiered ? TIERS : [{ ...TIERS[0], to: days }]).flatMap(({ price, from, to }): Item[] => {
    const daysInTier = Math.min(days, to) - from;
    if (daysInTier <= 0) return [];
    const assumption = `${sessions} sessions of ${megabytesOfSession} MB, day ${from + 1} to ${from + daysInTier}`;
    return [{ price, quantity: gigabytesOfDay * daysInTier, assumption }];
  });
  return [
    ...stored,
    { price: 's3.put', quantity: objects, assumption: `${objectsOfSession} objects a session` },
    { price: 's3.get', quantity: objects, assumption: 'each is read once' },
    ...(isTiered
      ? ([
          { price: 's3.transition', quantity: objects, assumption: 'each moves to Intelligent-Tiering' },
          { price: 's3.monitoring', quantity: (objects * days) / DAYS, assumption: 'each object there, every month' },
        ] as const)
      : []),
  ];
}

function logs(rules: LifecycleRule[], { archivedGigabytes }: Usage): Item[] {
  const glacierDay = transitionOf(rules, 'GLACIER') ?? 365;
  const inGlacier = Math.max(365 - glacierDay, 0);
  const stored = (days: number) => (archivedGigabytes / DAYS) * days;
  const assumption = (days: number) => `${archivedGigabytes} GB a month, ${days} days of them, after a year`;
  return [
    { price: 's3.standard.gb', quantity: stored(glacierDay), assumption: assumption(glacierDay) },
    { price: 's3.glacier.gb', quantity: stored(inGlacier), assumption: assumption(inGlacier) },
    { price: 's3.glacier.transition', quantity: archivedGigabytes * 100, assumption: 'objects of 10 MB' },
  ];
}

function transitionOf(rules: LifecycleRule[], storageClass: string): number | undefined {
  const transitions = rules.flatMap(({ Transitions = [] }) => Transitions);
  return transitions.find(({ StorageClass }) => StorageClass === storageClass)?.TransitionInDays;
}

function rulesOf({ LifecycleConfiguration }: { readonly [name: string]: unknown }): LifecycleRule[] {
  return (LifecycleConfiguration as { Rules?: LifecycleRule[] } | undefined)?.Rules ?? [];
}

/** The tag says what a bucket is for. */
function dataTypeOf({ Tags }: { readonly [name: string]: unknown }): string | undefined {
  const tags = (Tags ?? []) as { readonly Key: string; readonly Value: string }[];
  return tags.find(({ Key }) => Key === 'DataType')?.Value;
}
