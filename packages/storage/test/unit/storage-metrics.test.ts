import { Template } from 'aws-cdk-lib/assertions';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Size, type Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import {
  type BucketWithStorageTypes,
  LogArchiveBucket,
  StorageAlarm,
  type StorageAlarmProps,
  storageRow,
} from '../../src';
import { create, only } from './bucket';

type Query = {
  readonly Id: string;
  readonly MetricStat?: { Metric: { Dimensions: { Name: string; Value: unknown }[] } };
};

function alarm(props: Partial<StorageAlarmProps> = {}) {
  const { stack, bucket } = create();
  const created = new StorageAlarm(stack, 'Size', { bucket, ...props });
  return { stack, created, properties: () => only(stack, 'AWS::CloudWatch::Alarm').properties };
}

const STANDARD = 'StandardStorage';
const TIERS = ['IntelligentTieringFAStorage', 'IntelligentTieringIAStorage', 'IntelligentTieringAIAStorage'];
const RECORDINGS = [STANDARD, ...TIERS];

describe('the alarm', () => {
  test('goes off above 100 GiB, and keeps its state until the figure of the day is there', () => {
    expect(alarm().properties()).toMatchObject({
      Threshold: 100 * 1024 ** 3,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
    });
  });

  test('adds up every storage type that recordings can be in, one missing or not', () => {
    const { stack, properties } = alarm();
    const queries: Query[] = properties().Metrics;
    const [sum, ...metrics] = queries;
    expect(sum).toMatchObject({
      // A type without data counts as 0 for this operator; with SUM and FILL in alarms the guide is not so clear.
      Expression: 'standard + frequent + infrequent + archiveInstant',
      ReturnData: true,
    });
    const { logicalId } = only(stack, 'AWS::S3::Bucket');
    const dimensions = metrics.map(({ MetricStat }) => MetricStat?.Metric.Dimensions);
    expect(dimensions).toEqual(
      RECORDINGS.map((Value) => [
        { Name: 'BucketName', Value: { Ref: logicalId } },
        { Name: 'StorageType', Value },
      ]),
    );
    for (const { MetricStat } of metrics) {
      expect(MetricStat).toMatchObject({ Period: 86400, Stat: 'Average', Metric: { MetricName: 'BucketSizeBytes' } });
    }
  });

  test('fits into the ten metrics of an alarm', () => {
    expect(alarm().properties().Metrics.length).toBeLessThanOrEqual(10);
  });

  test('has another threshold on request, and says it', () => {
    const properties = alarm({ threshold: Size.gibibytes(0.5) }).properties();
    expect(properties.Threshold).toBe(0.5 * 1024 ** 3);
    expect(JSON.stringify(properties.AlarmDescription)).toContain('holds more than 0.5 GiB');
  });

  test('tells whom it is told to', () => {
    const { stack, created, properties } = alarm();
    created.addAlarmAction(
      new SnsAction(Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111111111111:Alerts')),
    );
    expect(properties().AlarmActions).toEqual(['arn:aws:sns:us-east-1:111111111111:Alerts']);
  });

  test('fails for nothing', () => {
    expect(() => alarm({ threshold: Size.bytes(0) })).toThrow('`threshold` must be above 0, got: 0 GiB.');
  });
});

/** What a row of a dashboard shows: position, width, title, and metric with storage type of each series. */
function shown(stack: Stack, bucket: BucketWithStorageTypes) {
  new Dashboard(stack, 'Dashboard').addWidgets(...storageRow('Bucket', bucket));
  const [dashboard] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  const text = stack
    .resolve(dashboard?.['Properties'].DashboardBody)
    ['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'bucket'))
    .join('');
  return JSON.parse(text).widgets.map(
    ({ y, width, properties }: { [key: string]: unknown; properties: { [key: string]: unknown } }) => [
      y,
      width,
      properties['title'],
      (properties['metrics'] as unknown[][]).map(([namespace, metric, , , , type]) => `${namespace} ${metric} ${type}`),
    ],
  );
}

test.each([
  ['of recordings', {}, RECORDINGS],
  ['of recordings that stay in S3 Standard', { intelligentTiering: false }, [STANDARD]],
])('a row of a dashboard shows bytes by storage type, and objects, %s', (_, props, types) => {
  const { stack, bucket } = create(props);
  expect(shown(stack, bucket)).toEqual([
    [0, 12, 'Bucket: bytes by storage type', types.map((type) => `AWS/S3 BucketSizeBytes ${type}`)],
    [0, 12, 'Bucket: objects', ['AWS/S3 NumberOfObjects AllStorageTypes']],
  ]);
});

test('the row of an archive of logs shows Glacier, and nothing of Intelligent-Tiering', () => {
  const { stack } = create();
  const [[, , , series]] = shown(stack, new LogArchiveBucket(stack, 'Archive'));
  expect(series).toEqual(
    [STANDARD, 'GlacierStorage', 'GlacierObjectOverhead', 'GlacierS3ObjectOverhead'].map(
      (type) => `AWS/S3 BucketSizeBytes ${type}`,
    ),
  );
});
