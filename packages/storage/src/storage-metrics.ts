import { GraphWidget, type IWidget, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';

/**
 * Every `StorageType` under which S3 counts bytes of a bucket whose objects are written to S3 Standard and moved to
 * Intelligent-Tiering (S3 guide, "Amazon S3 metrics and dimensions"). One of them alone would miss the rest.
 */
export const STORAGE_TYPES = {
  standard: 'StandardStorage',
  frequent: 'IntelligentTieringFAStorage',
  infrequent: 'IntelligentTieringIAStorage',
  archiveInstant: 'IntelligentTieringAIAStorage',
  archive: 'IntelligentTieringAAStorage',
  deepArchive: 'IntelligentTieringDAAStorage',
} as const;

/** S3 publishes these once a day, free of charge. */
const PERIOD = Duration.days(1);

/**
 * Size of a bucket in bytes, over all storage types that its objects can be in.
 *
 * By `+`, for which a type without data counts as 0, and which has no value on a day without any (CloudWatch guide, "Using
 * metric math"). The guide promises neither of `SUM`, and warns of it in alarms, as of `FILL`: figures come up to two days
 * late, and a day filled with 0 would call off an alarm.
 *
 * @param bucket the bucket
 */
export function storedBytes(bucket: IBucket): MathExpression {
  return new MathExpression({
    label: 'Stored',
    period: PERIOD,
    expression: Object.keys(STORAGE_TYPES).join(' + '),
    usingMetrics: Object.fromEntries(Object.keys(STORAGE_TYPES).map((id) => [id, sizeIn(bucket, id as StorageTypeId)])),
  });
}

/**
 * A row of a dashboard: size of a bucket by storage type, and number of its objects.
 *
 * @param title name of the bucket for people
 * @param bucket the bucket
 */
export function storageRow(title: string, bucket: IBucket): IWidget[] {
  const sizes = Object.keys(STORAGE_TYPES).map((id) => sizeIn(bucket, id as StorageTypeId));
  const { region } = bucket.env;
  const common = { width: 12, height: 6, region, period: PERIOD };
  return [
    new GraphWidget({ ...common, title: `${title}: bytes by storage type`, stacked: true, left: sizes }),
    new GraphWidget({ ...common, title: `${title}: objects`, left: [numberOfObjects(bucket)] }),
  ];
}

type StorageTypeId = keyof typeof STORAGE_TYPES;

function sizeIn(bucket: IBucket, id: StorageTypeId): Metric {
  return storageMetric(bucket, 'BucketSizeBytes', STORAGE_TYPES[id]);
}

function numberOfObjects(bucket: IBucket): Metric {
  return storageMetric(bucket, 'NumberOfObjects', 'AllStorageTypes');
}

function storageMetric({ bucketName: BucketName }: IBucket, metricName: string, StorageType: string): Metric {
  return new Metric({
    namespace: 'AWS/S3',
    metricName,
    dimensionsMap: { BucketName, StorageType },
    statistic: Stats.AVERAGE,
    period: PERIOD,
    label: StorageType,
  });
}
