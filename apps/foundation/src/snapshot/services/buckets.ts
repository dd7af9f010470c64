import { type Bucket, paginateListBuckets } from '@aws-sdk/client-s3';
import { mapBounded } from '../../account/bounded';
import { all } from '../../account/pages';
import type { Kind, Reading, Service } from '../kind';
import { orUnknown } from '../or-unknown';
import { documentOf } from '../value';

const bucketsOfS3: Kind = {
  name: 'bucket',
  type: 'AWS::S3::Bucket',
  read: async (reading) => {
    const { aws, region, managed } = reading;
    const pages = paginateListBuckets({ client: aws.s3, pageSize: 1_000 }, { BucketRegion: region });
    const found = (await all(pages, ({ Buckets }) => Buckets)).filter(
      ({ Name }) => !managed.has('AWS::S3::Bucket', Name),
    );
    return mapBounded(found, async (bucket) => ({
      id: String(bucket.Name),
      properties: await describe(reading, bucket),
    }));
  },
};

export const buckets: Service = { name: 'buckets', kinds: [bucketsOfS3] };

async function describe({ aws: { s3 } }: Reading, { Name: Bucket, CreationDate }: Bucket): Promise<object> {
  const [policy, encryption, lifecycle, cors, notifications, publicAccess] = await Promise.all([
    orUnknown(async () => documentOf((await s3.getBucketPolicy({ Bucket })).Policy), 'NoSuchBucketPolicy'),
    orUnknown(
      async () => (await s3.getBucketEncryption({ Bucket })).ServerSideEncryptionConfiguration?.Rules,
      'ServerSideEncryptionConfigurationNotFoundError',
    ),
    orUnknown(async () => (await s3.getBucketLifecycleConfiguration({ Bucket })).Rules, 'NoSuchLifecycleConfiguration'),
    orUnknown(async () => (await s3.getBucketCors({ Bucket })).CORSRules, 'NoSuchCORSConfiguration'),
    orUnknown(async () => s3.getBucketNotificationConfiguration({ Bucket })),
    orUnknown(
      async () => (await s3.getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration,
      'NoSuchPublicAccessBlockConfiguration',
    ),
  ]);
  return { CreationDate, policy, encryption, lifecycle, cors, notifications, publicAccess };
}
