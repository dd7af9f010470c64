import { LogArchiveBucket, LogExport, SessionReplayBucket } from '@user-metrics/storage';
import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

const app = new App();
const stack = new Stack(app, 'App');
const taskRole = new Role(stack, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
new SessionReplayBucket(stack, 'Recordings', { taskRole });
const bucket = new LogArchiveBucket(stack, 'LogArchive');
new LogExport(stack, 'LogExport', { bucket, logGroupNames: ['/aws/lambda/checkout'] });
app.synth();
