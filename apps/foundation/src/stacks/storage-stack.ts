import { SessionReplayBucket } from '@user-metrics/storage';
import { type IRole, Policy } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type StageContext, StageStack } from './foundation-stack';

/** The bucket of session recordings. */
export class StorageStack extends StageStack {
  constructor(scope: Construct, context: StageContext, openReplayTaskRole: IRole) {
    super(scope, context, 'Storage', "OpenReplay's session recordings");
    const bucket = new SessionReplayBucket(this, 'SessionReplayBucket', {
      taskRole: openReplayTaskRole,
      retention: Duration.days(context.stage.storage.retentionDays),
    });
    new Policy(this, 'UseRecordings', { roles: [openReplayTaskRole], statements: bucket.taskStatements() });
    this.publish('storage', { 'storage/replay-bucket-name': bucket.bucketName });
  }
}
