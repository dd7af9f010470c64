import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, Stack } from 'aws-cdk-lib/core';

export { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
export { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
export { Policy } from 'aws-cdk-lib/aws-iam';
export { LogGroup } from 'aws-cdk-lib/aws-logs';
export { LogArchiveBucket, LogExport, StorageAlarm, storageRow } from '../../src';

// What the reader of the README has already.
export const app = new App();
export const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'us-east-1' } });
export const taskRole = new Role(stack, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
export const recordings = new Bucket(stack, 'Replays');
export const topic = new Topic(stack, 'Topic');
