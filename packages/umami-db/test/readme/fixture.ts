import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, Stack } from 'aws-cdk-lib/core';

// What the reader of the README has already.
export const app = new App();
export const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'us-east-1' } });
export const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  privateSubnetIds: ['subnet-0a', 'subnet-0b'],
});
export const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-0123456789abcdef0');
export const adminSecret = Secret.fromSecretCompleteArn(
  stack,
  'AdminSecret',
  'arn:aws:secretsmanager:us-east-1:111122223333:secret:application-admin-a1B2c3',
);
