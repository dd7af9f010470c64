import { dashboardBodies, type Metric, metricsIn } from '../../account/dashboards';
import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { recordingsBucket } from '../../account/recordings-bucket';
import { resourcesOf } from '../../account/stack-resources';
import { type Criterion, differencesOf } from '../criterion';

const GIB = 2 ** 30;

export interface ObservedStorageMetrics {
  readonly bucket: string;
  /** Metrics on the dashboards of the foundation. */
  readonly metrics: readonly Metric[];
  /** Alarms over the size of the bucket. */
  readonly alarms: readonly { readonly threshold?: number | undefined; readonly actions: number }[];
  /** Request metrics of the bucket, by id. */
  readonly requestMetrics: readonly string[];
}

/** `1.3.AC5`: the size of the bucket on a dashboard, and an alarm for it. */
export const storageMetrics: Criterion<ObservedStorageMetrics> = {
  id: '1.3.AC5',
  async observe(deployed) {
    const bucket = await recordingsBucket(deployed);
    const { MetricsConfigurationList: found = [] } = await deployed.aws.s3.listBucketMetricsConfigurations({
      Bucket: bucket,
    });
    return {
      bucket,
      metrics: (await dashboardBodies(deployed)).flatMap(metricsIn),
      alarms: await alarmsOf(deployed, bucket),
      requestMetrics: found.map(({ Id = '' }) => Id),
    };
  },
  evaluate({ bucket, metrics, alarms, requestMetrics }, expected) {
    const { alarmGib, requestMetrics: wanted } = stageOf(expected).storage;
    const shown = metrics.filter(({ dimensions }) => dimensions['BucketName'] === bucket);
    const right = alarms.filter(({ threshold, actions }) => threshold === alarmGib * GIB && actions > 0);
    return {
      wrong: [
        ...differencesOf('the list of request metrics', requestMetrics, wanted ? ['EntireBucket'] : []),
        ...(shown.length > 0 ? [] : ['no dashboard shows the bucket']),
        ...(right.length > 0 ? [] : [`no alarm at ${alarmGib} GiB that tells somebody`]),
      ],
      evidence: `${shown.length} metrics of the bucket on a dashboard; an alarm at ${alarmGib} GiB`,
    };
  },
};

async function alarmsOf(deployed: DeployedStage, bucket: string): Promise<ObservedStorageMetrics['alarms']> {
  const AlarmNames = (await resourcesOf(deployed, 'AWS::CloudWatch::Alarm')).map(({ physicalId }) => physicalId);
  const { MetricAlarms = [] } = await deployed.aws.cloudWatch.describeAlarms({ AlarmNames });
  return MetricAlarms.filter(({ Metrics = [] }) =>
    Metrics.some(({ MetricStat }) =>
      MetricStat?.Metric?.Dimensions?.some(({ Name, Value }) => Name === 'BucketName' && Value === bucket),
    ),
  ).map(({ Threshold, ActionsEnabled, AlarmActions = [] }) => ({
    threshold: Threshold,
    actions: ActionsEnabled ? AlarmActions.length : 0,
  }));
}
