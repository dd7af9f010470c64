import type { Duration } from 'aws-cdk-lib/core';
import { StorageError } from './storage-error';

/**
 * The days of a duration, or nothing when only the deployment knows them.
 *
 * @throws StorageError when they are not whole days, 1 or more
 */
export function wholeDays(prop: string, duration: Duration): number | undefined {
  if (duration.isUnresolved()) return undefined;
  const days = duration.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return days;
  throw new StorageError(
    `\`${prop}\` must be whole days, 1 or more, got: ${days} days. S3 expires objects by the day.`,
  );
}
