import * as access from '@user-metrics/access';
import * as cost from '@user-metrics/cost';
import * as network from '@user-metrics/network';
import * as storage from '@user-metrics/storage';
import * as tagging from '@user-metrics/tagging';
import * as umamiDb from '@user-metrics/umami-db';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const block = '10.41.0.0/24';
const availabilityZones = ['us-east-1a', 'us-east-1b'];
const privateSubnetIds = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'];
const subnetOf = (stack: Stack, subnetId: string, ipv4CidrBlock: string) =>
  Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, ipv4CidrBlock, availabilityZone: 'us-east-1a' });
const vpcOf = (stack: Stack) =>
  Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones, privateSubnetIds });
const groupOf = (stack: Stack) => SecurityGroup.fromSecurityGroupId(stack, 'Cluster', 'sg-0123456789abcdef0');
const topicOf = (stack: Stack) => Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:alerts');
const bucketOf = (stack: Stack) => Bucket.fromBucketName(stack, 'Bucket', 'recordings');

/** Each construct of the packages with the props that it needs and no other. */
export const DEFAULT_CONSTRUCTS: { readonly [name: string]: (stack: Stack) => Construct } = {
  AlertTopic: (stack) => new cost.AlertTopic(stack, 'It', { emails: ['platform@example.com'] }),
  InactiveBudgetTagsAlarm: (stack) =>
    new cost.InactiveBudgetTagsAlarm(stack, 'It', { inactiveKeys: new Metric({ namespace: 'N', metricName: 'M' }) }),
  ClusterAlarms: (stack) => new umamiDb.ClusterAlarms(stack, 'It', { clusterIdentifier: 'application' }),
  CostAllocationTags: (stack) => new tagging.CostAllocationTags(stack, 'It'),
  CostAnomaly: (stack) => new cost.CostAnomaly(stack, 'It', { project: 'UserMetrics', topic: topicOf(stack) }),
  CostBudget: (stack) => new cost.CostBudget(stack, 'It', { project: 'UserMetrics', topic: topicOf(stack) }),
  CostDashboard: (stack) => new cost.CostDashboard(stack, 'It'),
  CostReport: (stack) => new cost.CostReport(stack, 'It', { project: 'UserMetrics' }),
  CostTrend: (stack) => new cost.CostTrend(stack, 'It', { project: 'UserMetrics' }),
  DatabaseAccess: (stack) => {
    const clusterSecurityGroup = groupOf(stack);
    const clients = { Umami: clusterSecurityGroup };
    return new network.DatabaseAccess(stack, 'It', { mode: 'rule', clusterSecurityGroup, port: 5432, clients });
  },
  ExistingNetwork: (stack) =>
    new network.ExistingNetwork(stack, 'It', {
      vpc: vpcOf(stack),
      publicSubnets: [subnetOf(stack, 'subnet-0123456789abcdef0', '10.41.0.0/27')],
      privateSubnets: [subnetOf(stack, 'subnet-0123456789abcdef1', '10.41.0.64/26')],
    }),
  GrafanaRole: (stack) => new access.GrafanaRole(stack, 'It'),
  LambdaTelemetryPolicy: (stack) => new access.LambdaTelemetryPolicy(stack, 'It'),
  LogArchiveBucket: (stack) => new storage.LogArchiveBucket(stack, 'It'),
  LogExport: (stack) =>
    new storage.LogExport(stack, 'It', {
      bucket: bucketOf(stack),
      logGroups: [LogGroup.fromLogGroupName(stack, 'Audit', 'audit')],
    }),
  NetworkInsideVpc: (stack) =>
    new network.NetworkInsideVpc(stack, 'It', {
      vpc: vpcOf(stack),
      vpcCidrBlocks: ['10.41.0.0/16'],
      block,
      availabilityZones,
      internetGatewayId: 'igw-0123456789abcdef0',
    }),
  NewNetwork: (stack) => new network.NewNetwork(stack, 'It', { block, availabilityZones }),
  OpenReplayTaskRole: (stack) => new access.OpenReplayTaskRole(stack, 'It'),
  SecurityGroups: (stack) =>
    new network.SecurityGroups(stack, 'It', { vpc: vpcOf(stack), loadBalancerCidrBlocks: ['203.0.113.0/24'] }),
  SessionReplayBucket: (stack) =>
    new storage.SessionReplayBucket(stack, 'It', {
      taskRole: Role.fromRoleArn(stack, 'Task', 'arn:aws:iam::111122223333:role/task'),
    }),
  StorageAlarm: (stack) => new storage.StorageAlarm(stack, 'It', { bucket: bucketOf(stack) }),
  TaskExecutionRole: (stack) => new access.TaskExecutionRole(stack, 'It'),
  UmamiDatabase: (stack) =>
    new umamiDb.UmamiDatabase(stack, 'It', {
      stage: 'dev',
      vpc: vpcOf(stack),
      host: 'application.cluster-c1a2b3c4d5e6.us-east-1.rds.amazonaws.com',
      databaseName: 'application',
      adminSecret: Secret.fromSecretNameV2(stack, 'Admin', 'application-admin'),
    }),
  UmamiTaskRole: (stack) => new access.UmamiTaskRole(stack, 'It'),
  VpcPeering: (stack) =>
    new network.VpcPeering(stack, 'It', {
      network: new network.NewNetwork(stack, 'Network', { block, availabilityZones }),
      peerVpc: vpcOf(stack),
      peerCidrBlocks: ['10.40.0.0/16'],
      peerRouteTables: [{ routeTableId: 'rtb-0123456789abcdef0' }],
      addRoutesBack: true,
    }),
};

/** Names of the constructs that the packages export. */
export function exportedConstructs(): string[] {
  return [access, cost, network, storage, tagging, umamiDb].flatMap((exported) =>
    Object.entries(exported).flatMap(([name, value]) =>
      typeof value === 'function' && value.prototype instanceof Construct ? [name] : [],
    ),
  );
}
