import type { Probes } from './probe';
import { createOne } from './stack';
import { isUnknown } from './types';

/** What is only kept and read back: neither is done by the emulator, with the item or without. */
export const recordedOnly: Probes = {
  'AWS::BCM::Dashboard': (context) => isUnknown(context, 'AWS::BCM::Dashboard'),
  'AWS::BCM::ScheduledReport': (context) => isUnknown(context, 'AWS::BCM::ScheduledReport'),
  'AWS::CE::AnomalyMonitor': (context) => isUnknown(context, 'AWS::CE::AnomalyMonitor'),
  'AWS::CE::AnomalySubscription': (context) => isUnknown(context, 'AWS::CE::AnomalySubscription'),
  'AWS::CloudFront::VpcOrigin': (context) => isUnknown(context, 'AWS::CloudFront::VpcOrigin'),
  'metric math of alarms': async (context) => {
    const Metric = { Namespace: 'Probe', MetricName: 'probe' };
    const name = await createOne(context, 'AWS::CloudWatch::Alarm', {
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      Threshold: 1,
      Metrics: [
        { Id: 'twice', Expression: '2 * one', ReturnData: true },
        { Id: 'one', MetricStat: { Metric, Period: 60, Stat: 'Sum' }, ReturnData: false },
      ],
    }).catch(() => undefined);
    if (name === undefined) return true;
    const { MetricAlarms: [alarm] = [] } = await context.cloudWatch.describeAlarms({ AlarmNames: [name] });
    return alarm?.Metrics?.[0]?.Expression !== '2 * one' || alarm.Metrics[1]?.MetricStat?.Period !== 60;
  },
  'request metrics of buckets': async (context) => {
    const Bucket = await createOne(context, 'AWS::S3::Bucket', { MetricsConfigurations: [{ Id: 'EntireBucket' }] });
    const found = await context.s3.listBucketMetricsConfigurations({ Bucket }).catch(() => undefined);
    return found?.MetricsConfigurationList?.map(({ Id }) => Id).join() !== 'EntireBucket';
  },
  'intelligent tiering of buckets': async (context) => {
    const Tierings = [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }];
    const Bucket = await createOne(context, 'AWS::S3::Bucket', {
      IntelligentTieringConfigurations: [{ Id: 'Archive', Status: 'Enabled', Prefix: 'old/', Tierings }],
    });
    const found = await context.s3.listBucketIntelligentTieringConfigurations({ Bucket }).catch(() => undefined);
    const [configuration] = found?.IntelligentTieringConfigurationList ?? [];
    return configuration?.Tierings?.[0]?.Days !== 90 || configuration.Filter?.Prefix !== 'old/';
  },
};
