import { type Bucket, paginateListBuckets } from '@aws-sdk/client-s3';
import { listed, type Reading, type Service } from '../kind';
import { orUnknown } from '../or-unknown';
import { documentOf } from '../value';

const bucketsOfS3 = listed({
  name: 'bucket',
  type: 'AWS::S3::Bucket',
  pages: ({ aws, region }) => paginateListBuckets({ client: aws.s3, pageSize: 1_000 }, { BucketRegion: region }),
  items: ({ Buckets }) => Buckets,
  id: ({ Name }) => Name,
  properties: describe,
});

export const buckets: Service = { name: 'buckets', kinds: [bucketsOfS3] };

async function describe({ Name: Bucket, CreationDate }: Bucket, { aws: { s3 } }: Reading): Promise<object> {
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
