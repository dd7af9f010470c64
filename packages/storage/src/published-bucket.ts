import { type PublishedContractProps, publishedValues } from '@user-metrics/tagging/published';
import { Bucket, type BucketBase, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { guardedGrants } from './replay-access';
import { StorageError } from './storage-error';

/** The bucket of recordings of a stage. */
export interface IPublishedReplayBucket extends IBucket {
  /** Days until the recording of a deleted session is gone: `SCH_DELETE_DAYS` of OpenReplay. */
  readonly deletionDelayDays: string;
}

/** The bucket policy forbids the same to everybody as in the stack that makes it, so the grants are as strict. */
export function publishedBucket(scope: Construct, id: string, props: PublishedContractProps): IPublishedReplayBucket {
  const { text } = publishedValues(scope, props, StorageError);
  const bucket = Bucket.fromBucketName(scope, id, text('storage/replay-bucket-name')) as BucketBase & {
    deletionDelayDays: string;
  };
  const { grants } = bucket;
  return Object.defineProperties(bucket, {
    grants: { get: () => guardedGrants(grants, [text('access/openreplay-task-role-arn')]) },
    deletionDelayDays: { get: () => text('storage/deletion-delay-days') },
  });
}
