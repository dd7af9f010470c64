import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import { SecurityGroups } from '../../src';

export { PrefixList, Vpc } from 'aws-cdk-lib/aws-ec2';
export { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
export { CfnOutput } from 'aws-cdk-lib/core';

// What the reader of the README has already.
export const app = new App();
export const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'us-east-1' } });
export const clusterSecurityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Cluster', 'sg-0123456789abcdef0');
const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
});
export const groups = new SecurityGroups(stack, 'Groups', { vpc, loadBalancerCidrBlocks: ['203.0.113.0/24'] });
