import { LogArchiveBucket, LogExport, SessionReplayBucket, StorageAlarm, storageRow } from '@user-metrics/storage';
import { applyComponentTags } from '@user-metrics/tagging';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type IRole, Policy, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration, Size } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type StageContext, StageStack } from './foundation-stack';

/** The bucket of session recordings, and the archive of logs when there is one. */
export class StorageStack extends StageStack {
  private readonly alert: SnsAction;

  constructor(scope: Construct, context: StageContext, openReplayTaskRole: IRole, alerts: ITopic) {
    super(scope, context, 'Storage', "OpenReplay's session recordings");
    this.alert = new SnsAction(alerts);
    const bucket = this.recordings(openReplayTaskRole);
    const archive = this.logArchive();
    const dashboard = new Dashboard(this, 'StorageDashboard');
    dashboard.addWidgets(...storageRow('Recordings', bucket));
    if (archive) dashboard.addWidgets(...storageRow('Log archive', archive));
    applyComponentTags(dashboard, 'metrics', { Function: 'Visualization' });
    this.publish('storage', {
      'storage/replay-bucket-name': bucket.bucketName,
      'storage/deletion-delay-days': String(context.stage.storage.deletionDelayDays),
    });
  }

  private recordings(taskRole: IRole): IBucket {
    const { storage } = this.context.stage;
    const operatorRoles = (storage.operatorRoleArns ?? []).map((arn) =>
      Role.fromRoleArn(this, `Operator-${arn}`, arn, { mutable: false }),
    );
    const bucket = new SessionReplayBucket(this, 'SessionReplayBucket', {
      taskRole,
      operatorRoles,
      retention: Duration.days(storage.retentionDays),
      deletionDelay: Duration.days(storage.deletionDelayDays),
      intelligentTiering: storage.intelligentTiering,
      origins: storage.openReplayOrigins,
      requestMetrics: storage.requestMetrics,
      autoDelete: storage.autoDelete,
    });
    bucket.grantReplayAccess(new Policy(this, 'UseRecordings', { roles: [taskRole] }));
    const threshold = Size.gibibytes(storage.alarmGib);
    new StorageAlarm(this, 'RecordingsSize', { bucket, threshold }).addAlarmAction(this.alert);
    return bucket;
  }

  private logArchive(): IBucket | undefined {
    const { logArchive } = this.context.stage.storage;
    if (!logArchive) return undefined;
    const { preset, expirationDays, exportLogGroups } = logArchive;
    const expiration = expirationDays === undefined ? undefined : Duration.days(expirationDays);
    const bucket = new LogArchiveBucket(this, 'LogArchive', { preset, expiration });
    if (exportLogGroups) {
      const logGroups = exportLogGroups.map((name) => LogGroup.fromLogGroupName(this, `Exported-${name}`, name));
      new LogExport(this, 'LogExport', { bucket, logGroups }).alarm.addAlarmAction(this.alert);
    }
    return bucket;
  }
}
