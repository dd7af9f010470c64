import { LogArchiveBucket, LogExport, SessionReplayBucket } from '@user-metrics/storage';
import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';

const app = new App();
const stack = new Stack(app, 'App');
const taskRole = new Role(stack, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
new SessionReplayBucket(stack, 'Recordings', { taskRole }).grantReplayAccess(taskRole);
const bucket = new LogArchiveBucket(stack, 'LogArchive');
new LogExport(stack, 'LogExport', {
  bucket,
  logGroups: [LogGroup.fromLogGroupName(stack, 'Checkout', '/aws/lambda/checkout')],
});
app.synth();
