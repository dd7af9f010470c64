import { type IntelligentTieringConfiguration, type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { wholeDays } from './days';
import type { SessionReplayBucketProps } from './session-replay-bucket-props';
import { StorageError } from './storage-error';

/** The shortest time after which S3 archives objects of Intelligent-Tiering (S3 guide, "Intelligent-Tiering access tiers"). */
const ARCHIVE_DAYS = 90;

type LifecycleProps = Pick<
  SessionReplayBucketProps,
  'retention' | 'deletionDelay' | 'intelligentTiering' | 'archiveConfiguration'
>;

/**
 * What S3 does with recordings by itself.
 *
 * @throws StorageError for a time that is not whole days, or an archive that recordings would come into
 */
export function replayLifecycle(props: LifecycleProps): {
  lifecycleRules: LifecycleRule[];
  intelligentTieringConfigurations: IntelligentTieringConfiguration[] | undefined;
} {
  const { retention = Duration.days(30), deletionDelay = Duration.days(7), intelligentTiering = true } = props;
  const retentionDays = wholeDays('retention', retention);
  const delayDays = wholeDays('deletionDelay', deletionDelay);
  if (delayDays === undefined) {
    throw new StorageError(
      '`deletionDelay` must be known at synth, got: a token. It is part of the tag that the rule looks for.',
    );
  }
  return {
    lifecycleRules: [
      { id: 'ExpireRecordings', expiration: retention },
      // OpenReplay deletes nothing: it tags, and expects rules (api/chalicelib/utils/storage/s3.py; ee/backend/pkg/objectstorage/s3/tags.go).
      { id: 'ExpireDeletedSessions', expiration: deletionDelay, tagFilters: { to_delete_in_days: `${delayDays}` } },
      { id: 'ExpireDefaultRetention', expiration: retention, tagFilters: { retention: 'default' } },
      { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ...(intelligentTiering ? [TIER_AT_ONCE] : []),
    ],
    intelligentTieringConfigurations: hasArchive(props, retentionDays) ? [ARCHIVE] : undefined,
  };
}

/** OpenReplay names no storage class when it writes, so that only a rule can move its objects. */
const TIER_AT_ONCE: LifecycleRule = {
  id: 'IntelligentTiering',
  transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
};

const ARCHIVE: IntelligentTieringConfiguration = {
  name: 'Archive',
  archiveAccessTierTime: Duration.days(ARCHIVE_DAYS),
};

function hasArchive(
  { intelligentTiering = true, archiveConfiguration }: LifecycleProps,
  retentionDays: number | undefined,
): boolean {
  const isGoneBefore = retentionDays !== undefined && retentionDays <= ARCHIVE_DAYS;
  if (!archiveConfiguration) return archiveConfiguration ?? (intelligentTiering && isGoneBefore);
  if (!intelligentTiering) {
    throw new StorageError(
      '`archiveConfiguration` must be left out without `intelligentTiering`, got: true. It is about objects in that storage class alone.',
    );
  }
  if (isGoneBefore) return true;
  throw new StorageError(
    `\`archiveConfiguration\` must be left out when recordings are kept for more than ${ARCHIVE_DAYS} days, got: true with ${retentionDays ?? 'unknown'} days.` +
      ' OpenReplay could not read an archived recording before somebody restores it.',
  );
}
