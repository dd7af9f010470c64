import { TaskExecutionRole, UmamiTaskRole } from '@user-metrics/access';
import { DatabaseAccess, Nat, NetworkInsideVpc, SecurityGroups } from '@user-metrics/network';
import { PrefixList, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';

const app = new App();
const stack = new Stack(app, 'Observability');

const availabilityZones = ['us-east-1a', 'us-east-1b'];
const network = new NetworkInsideVpc(stack, 'Network', {
  vpc: Vpc.fromVpcAttributes(stack, 'ApplicationVpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones }),
  vpcCidrBlocks: ['10.40.0.0/16'],
  block: '10.40.250.0/24',
  availabilityZones,
  internetGatewayId: 'igw-0123456789abcdef0',
  nat: Nat.existingGateway('nat-0123456789abcdef0'),
});
const cluster = SecurityGroup.fromSecurityGroupId(stack, 'Cluster', 'sg-0123456789abcdef0', { mutable: false });
const groups = new SecurityGroups(stack, 'SecurityGroups', {
  vpc: network.vpc,
  cloudFrontPrefixList: PrefixList.fromPrefixListId(stack, 'CloudFront', 'pl-3b927c52'),
  databaseSecurityGroup: cluster,
});
new DatabaseAccess(stack, 'DatabaseAccess', {
  mode: 'rule',
  clusterSecurityGroup: cluster,
  port: 5432,
  clients: { Umami: groups.umami, DatabaseFunction: groups.databaseFunction },
});
new TaskExecutionRole(stack, 'TaskExecutionRole');
new UmamiTaskRole(stack, 'UmamiTaskRole');

app.synth();
