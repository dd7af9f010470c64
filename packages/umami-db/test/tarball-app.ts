import { UmamiDatabase } from '@user-metrics/umami-db';
import { provision } from '@user-metrics/umami-db/runtime';
import { App, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';

const app = new App();
const stack = new Stack(app, 'App');
const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['us-east-1a'],
  privateSubnetIds: ['subnet-0123456789abcdef0'],
});
new UmamiDatabase(stack, 'UmamiDatabase', {
  stage: 'dev',
  vpc,
  securityGroup: new SecurityGroup(stack, 'SecurityGroup', { vpc }),
  host: 'application.cluster-c1a2b3c4d5e6.us-east-1.rds.amazonaws.com',
  databaseName: 'application',
  adminSecret: new Secret(stack, 'Admin'),
});
app.synth();

if (typeof provision !== 'function') throw new Error('no provisioning');
