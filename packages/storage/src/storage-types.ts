import { type IBucket, type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';

/**
 * `StorageType` values under which S3 counts the bytes of a bucket, by an id for metric math (S3 guide, "Amazon S3 metrics
 * and dimensions"). One of them alone would miss the rest.
 */
export type StorageTypes = { readonly [id: string]: string };

/** A bucket that knows the storage types that its lifecycle leads to. */
export interface BucketWithStorageTypes extends IBucket {
  /** @default - those of recordings: S3 Standard and every access tier of Intelligent-Tiering */
  readonly storageTypes?: StorageTypes;
}

const STANDARD = { standard: 'StandardStorage' };

const INTELLIGENT_TIERING = {
  frequent: 'IntelligentTieringFAStorage',
  infrequent: 'IntelligentTieringIAStorage',
  archiveInstant: 'IntelligentTieringAIAStorage',
};

/** Each object in Glacier has 32 KB of index there and 8 KB of name in S3 Standard, which S3 counts apart. */
const GLACIER = {
  glacier: 'GlacierStorage',
  glacierIndex: 'GlacierObjectOverhead',
  glacierNames: 'GlacierS3ObjectOverhead',
};

/** Every storage type of objects that are written to S3 Standard and moved to Intelligent-Tiering. */
export const STORAGE_TYPES = {
  ...STANDARD,
  ...INTELLIGENT_TIERING,
  archive: 'IntelligentTieringAAStorage',
  deepArchive: 'IntelligentTieringDAAStorage',
} as const;

/**
 * The storage types of objects that are written to S3 Standard and moved by these rules. Without the optional archive tiers:
 * recordings are deleted before S3 would archive them.
 */
export function storageTypesOf(rules: readonly LifecycleRule[]): StorageTypes {
  const classes = rules.flatMap(({ transitions = [] }) => transitions.map(({ storageClass }) => storageClass.value));
  return {
    ...STANDARD,
    ...(classes.includes(StorageClass.INTELLIGENT_TIERING.value) ? INTELLIGENT_TIERING : {}),
    ...(classes.includes(StorageClass.GLACIER.value) ? GLACIER : {}),
  };
}
