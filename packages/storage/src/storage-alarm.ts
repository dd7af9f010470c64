import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, objectWith, optional, type Rules } from '@user-metrics/tagging/props';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Size, SizeRoundingBehavior } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { StorageError } from './storage-error';
import { storedBytes } from './storage-metrics';
import type { BucketWithStorageTypes } from './storage-types';

/** Props of {@link StorageAlarm}. */
export interface StorageAlarmProps {
  /** Bucket that is watched: its size in `storageTypes`, else in S3 Standard and Intelligent-Tiering. */
  readonly bucket: BucketWithStorageTypes;
  /**
   * Size above which the alarm goes off. 100 GiB cost about $2.30 a month.
   *
   * @default Size.gibibytes(100)
   */
  readonly threshold?: Size;
}

const RULES: Rules<StorageAlarmProps> = {
  bucket: objectWith('bucketArn', 'a bucket', 'Give the bucket that is watched.'),
  threshold: optional(objectWith('toGibibytes', 'a size', 'Give for example Size.gibibytes(100).')),
};

/**
 * Alarm for a bucket that grows beyond what was meant, from the free daily metrics of S3, over every storage type that
 * its objects can be in. It is up to two days behind. Who hears of it is added with `addAlarmAction`.
 *
 * @example
 * new StorageAlarm(stack, 'Size', { bucket }).addAlarmAction(new SnsAction(topic));
 */
export class StorageAlarm extends Alarm {
  /** @throws StorageError when the threshold is not above 0 */
  constructor(scope: Construct, id: string, props: StorageAlarmProps) {
    checkProps(props, RULES, StorageError);
    const { bucket, threshold = Size.gibibytes(100) } = props;
    const gibibytes = threshold.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
    if (!(gibibytes > 0)) {
      throw new StorageError(`\`threshold\` must be above 0, got: ${gibibytes} GiB. Give what the bucket may hold.`);
    }
    super(scope, id, {
      alarmDescription: `The bucket ${bucket.bucketName} holds more than ${gibibytes} GiB. Check its expiration rule, and what is recorded.`,
      metric: storedBytes(bucket),
      threshold: threshold.toBytes({ rounding: SizeRoundingBehavior.FLOOR }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // A day's figure comes late; until then the last one holds.
      treatMissingData: TreatMissingData.IGNORE,
    });
    applyComponentTags(this, 'metrics');
  }
}
