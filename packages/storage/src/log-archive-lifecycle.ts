import { type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { wholeDays } from './days';
import { StorageError } from './storage-error';

/**
 * When exported logs go to S3 Glacier Flexible Retrieval, and when they are deleted: two readings of "one year".
 *
 * - `afterOneYear`: readable at once for a year, in Glacier from day 365 on, kept until they are deleted by hand
 * - `untilOneYear`: in Glacier from day 31 on, deleted after 366 days
 */
export type LogArchivePreset = 'afterOneYear' | 'untilOneYear';

const PRESETS: { readonly [Preset in LogArchivePreset]: { glacier: number; expiration?: number } } = {
  afterOneYear: { glacier: 365 },
  untilOneYear: { glacier: 31, expiration: 366 },
};

/** What Glacier bills at least, also for objects that are deleted before (S3 pricing). */
const GLACIER_MINIMUM_DAYS = 90;

/**
 * The rules of a preset.
 *
 * @throws StorageError for an expiry that would leave Glacier before its minimum is over
 */
export function logArchiveLifecycle(preset: LogArchivePreset, expiration?: Duration): LifecycleRule[] {
  const { glacier, expiration: expirationOfPreset } = PRESETS[preset];
  const days = expiration ? wholeDays('expiration', expiration) : expirationOfPreset;
  const least = glacier + GLACIER_MINIMUM_DAYS;
  if (days !== undefined && days < least) {
    throw new StorageError(
      `\`expiration\` must be ${least} days or more with ${preset}, got: ${days} days. Logs move to Glacier on day ${glacier}, which bills ${GLACIER_MINIMUM_DAYS} days at least.`,
    );
  }
  const expires = expiration ?? (days === undefined ? undefined : Duration.days(days));
  return [
    {
      id: 'Glacier',
      transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(glacier) }],
    },
    ...(expires ? [{ id: 'ExpireLogs', expiration: expires }] : []),
    { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
  ];
}
