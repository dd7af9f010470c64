import { type Account, stageOf } from '../account';
import { published } from '../published';
import { ourResources } from '../stack-resources';
import { type AccountCheck, differencesOf } from './account-check';
import { type Metric, metricsOf } from './dashboards';

const GIB = 2 ** 30;

/** `1.3.AC5`: the size of the bucket on a dashboard, and an alarm for it. */
export const storageMetrics: AccountCheck = {
  id: '1.3.AC5',
  async look(account) {
    const bucket = await published(account, 'storage/replay-bucket-name');
    const { alarmGib, requestMetrics } = stageOf(account).storage;
    const threshold = alarmGib * GIB;
    const shown = (await metricsOf(account)).filter((metric) => isOf(metric, bucket));
    const alarms = await alarmsOf(account, bucket);
    const right = alarms.filter((alarm) => alarm.threshold === threshold && alarm.actions > 0);
    const { MetricsConfigurationList: found = [] } = await account.aws.s3.listBucketMetricsConfigurations({
      Bucket: bucket,
    });
    const requests = found.map(({ Id = '' }) => Id);
    return {
      wrong: [
        ...differencesOf('the list of request metrics', requests, requestMetrics ? ['EntireBucket'] : []),
        ...(shown.length > 0 ? [] : ['no dashboard shows the bucket']),
        ...(right.length > 0 ? [] : [`no alarm at ${threshold / GIB} GiB that tells somebody`]),
      ],
      evidence: `${shown.length} metrics of the bucket on a dashboard; an alarm at ${threshold / GIB} GiB`,
    };
  },
};

function isOf({ dimensions }: Metric, bucket: string): boolean {
  return dimensions['BucketName'] === bucket;
}

/** Alarms over the size of a bucket. */
async function alarmsOf(account: Account, bucket: string): Promise<{ threshold?: number; actions: number }[]> {
  const AlarmNames = (await ourResources(account))
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ physicalId }) => physicalId);
  const { MetricAlarms = [] } = await account.aws.cloudWatch.describeAlarms({ AlarmNames });
  return MetricAlarms.filter(({ Metrics = [] }) =>
    Metrics.some(({ MetricStat }) =>
      MetricStat?.Metric?.Dimensions?.some(({ Name, Value }) => Name === 'BucketName' && Value === bucket),
    ),
  ).map(({ Threshold, ActionsEnabled, AlarmActions = [] }) => ({
    ...(Threshold === undefined ? {} : { threshold: Threshold }),
    actions: ActionsEnabled ? AlarmActions.length : 0,
  }));
}
