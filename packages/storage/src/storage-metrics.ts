import { GraphWidget, type IWidget, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { type BucketWithStorageTypes, STORAGE_TYPES } from './storage-types';

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
export function storedBytes(bucket: BucketWithStorageTypes): MathExpression {
  const sizes = sizesOf(bucket);
  return new MathExpression({
    label: 'Stored',
    period: PERIOD,
    expression: Object.keys(sizes).join(' + '),
    usingMetrics: sizes,
  });
}

/**
 * A row of a dashboard: size of a bucket by storage type, and number of its objects.
 *
 * @param title name of the bucket for people
 * @param bucket the bucket
 */
export function storageRow(title: string, bucket: BucketWithStorageTypes): IWidget[] {
  const sizes = Object.values(sizesOf(bucket));
  const { region } = bucket.env;
  const common = { width: 12, height: 6, region, period: PERIOD };
  return [
    new GraphWidget({ ...common, title: `${title}: bytes by storage type`, stacked: true, left: sizes }),
    new GraphWidget({ ...common, title: `${title}: objects`, left: [numberOfObjects(bucket)] }),
  ];
}

/** Size in each storage type that the bucket's lifecycle leads to, by the id of the type. */
function sizesOf(bucket: BucketWithStorageTypes): { [id: string]: Metric } {
  const types = Object.entries(bucket.storageTypes ?? STORAGE_TYPES);
  return Object.fromEntries(types.map(([id, type]) => [id, storageMetric(bucket, 'BucketSizeBytes', type)]));
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
