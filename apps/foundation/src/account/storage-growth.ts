import type { ReviewInput } from '../cost-review/input';
import type { Clients } from './clients';
import { stackResources } from './stack-resources';

/** Days in which S3 has published the size of a bucket, which it does once a day and a day late. */
const DAYS = 3;

const DAY = 86_400_000;

/** Storage types under which S3 counts the bytes of recordings (S3 guide, "Amazon S3 metrics and dimensions"). */
const STORAGE_TYPES = ['StandardStorage', 'IntelligentTieringFAStorage', 'IntelligentTieringIAStorage'];

/**
 * Bytes of the buckets of recordings at the beginning and the end of a time.
 *
 * @param from e.g. `2026-10-01`
 * @param to the day after the last one
 */
export async function storageGrowth(aws: Clients, from: string, to: string): Promise<ReviewInput['storage']> {
  const buckets = (await stackResources({ aws })).filter(
    ({ type, logicalId }) => type === 'AWS::S3::Bucket' && logicalId.startsWith('SessionReplay'),
  );
  const sizes = buckets.map(async ({ physicalId: bucket }) => ({
    bucket,
    before: await sizeOf(aws, bucket, Date.parse(from)),
    after: await sizeOf(aws, bucket, Date.parse(to) - DAYS * DAY),
  }));
  return Promise.all(sizes);
}

async function sizeOf({ cloudWatch }: Clients, BucketName: string, from: number): Promise<number> {
  const ofTypes = STORAGE_TYPES.map(async (StorageType) => {
    const { Datapoints = [] } = await cloudWatch.getMetricStatistics({
      Namespace: 'AWS/S3',
      MetricName: 'BucketSizeBytes',
      Dimensions: [
        { Name: 'BucketName', Value: BucketName },
        { Name: 'StorageType', Value: StorageType },
      ],
      StartTime: new Date(from),
      EndTime: new Date(from + DAYS * DAY),
      Period: 86_400,
      Statistics: ['Average'],
    });
    return Datapoints.at(-1)?.Average ?? 0;
  });
  return (await Promise.all(ofTypes)).reduce((sum, bytes) => sum + bytes, 0);
}
