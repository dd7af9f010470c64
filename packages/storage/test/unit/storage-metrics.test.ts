import { Template } from 'aws-cdk-lib/assertions';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Size } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { STORAGE_TYPES, StorageAlarm, type StorageAlarmProps, storageRow } from '../../src';
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
      Expression: 'standard + frequent + infrequent + archiveInstant + archive + deepArchive',
      ReturnData: true,
    });
    const { logicalId } = only(stack, 'AWS::S3::Bucket');
    const dimensions = metrics.map(({ MetricStat }) => MetricStat?.Metric.Dimensions);
    expect(dimensions).toEqual(
      Object.values(STORAGE_TYPES).map((Value) => [
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

test('a row of a dashboard shows bytes by storage type, and objects, from the free daily metrics', () => {
  const { stack, bucket } = create();
  new Dashboard(stack, 'Dashboard').addWidgets(...storageRow('Recordings', bucket));
  const [dashboard] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  const text = stack
    .resolve(dashboard?.['Properties'].DashboardBody)
    ['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'bucket'))
    .join('');
  const { widgets } = JSON.parse(text);
  const shown = widgets.map(
    ({ y, width, properties }: { [key: string]: unknown; properties: { [key: string]: unknown } }) => [
      y,
      width,
      properties['title'],
      (properties['metrics'] as unknown[][]).map(([namespace, metric, , , , type]) => `${namespace} ${metric} ${type}`),
    ],
  );
  expect(shown).toEqual([
    [
      0,
      12,
      'Recordings: bytes by storage type',
      Object.values(STORAGE_TYPES).map((type) => `AWS/S3 BucketSizeBytes ${type}`),
    ],
    [0, 12, 'Recordings: objects', ['AWS/S3 NumberOfObjects AllStorageTypes']],
  ]);
});
