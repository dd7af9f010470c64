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
  /** When S3 published metrics of the bucket last, in ISO 8601. @default - it has not yet */
  readonly publishedAt?: string | undefined;
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
      publishedAt: await lastPublished(deployed, bucket),
    };
  },
  evaluate({ bucket, metrics, alarms, requestMetrics, publishedAt }, expected) {
    const { alarmGib, requestMetrics: wanted } = stageOf(expected).storage;
    const shown = metrics.filter(({ dimensions }) => dimensions['BucketName'] === bucket);
    const right = alarms.filter(({ threshold, actions }) => threshold === alarmGib * GIB && actions > 0);
    return {
      wrong: [
        ...differencesOf('the list of request metrics', requestMetrics, wanted ? ['EntireBucket'] : []),
        ...(shown.length > 0 ? [] : ['no dashboard shows the bucket']),
        ...(right.length > 0 ? [] : [`no alarm at ${alarmGib} GiB that tells somebody`]),
      ],
      evidence: `${shown.length} metrics of the bucket on a dashboard; an alarm at ${alarmGib} GiB; metrics published ${publishedAt ?? 'not yet'}`,
      ...(publishedAt
        ? {}
        : { waitsFor: 'the first metrics of the bucket: S3 publishes them once a day, and none of an empty bucket' }),
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

const DAY = 86_400_000;

async function lastPublished({ aws }: DeployedStage, bucket: string): Promise<string | undefined> {
  const { Datapoints = [] } = await aws.cloudWatch.getMetricStatistics({
    Namespace: 'AWS/S3',
    MetricName: 'NumberOfObjects',
    Dimensions: [
      { Name: 'BucketName', Value: bucket },
      { Name: 'StorageType', Value: 'AllStorageTypes' },
    ],
    StartTime: new Date(Date.now() - 14 * DAY),
    EndTime: new Date(),
    Period: 86_400,
    Statistics: ['Average'],
  });
  return Datapoints.map(({ Timestamp }) => Timestamp?.toISOString() ?? '')
    .sort()
    .at(-1);
}
