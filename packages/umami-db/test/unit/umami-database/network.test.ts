import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { UmamiDatabase } from '../../../src';
import { ADMIN_SECRET, deploy } from './stack';

/** A VPC without a way to the internet, with a cluster in it, all in one stack. */
function isolated({ endpoint = false, snapshot = false }: { endpoint?: boolean; snapshot?: boolean } = {}) {
  const stack = new Stack(new App(), 'Stack');
  const vpc = new Vpc(stack, 'Vpc', {
    natGateways: 0,
    subnetConfiguration: [{ name: 'database', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
  if (endpoint) vpc.addInterfaceEndpoint('SecretsManager', { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
  const cluster = new DatabaseCluster(stack, 'Cluster', {
    engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_6 }),
    writer: ClusterInstance.serverlessV2('writer'),
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    port: 6432,
  });
  const database = new UmamiDatabase(stack, 'UmamiDatabase', {
    stage: 'dev',
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    cluster,
    databaseName: 'application',
    adminSecret: Secret.fromSecretCompleteArn(stack, 'AdminSecret', ADMIN_SECRET),
    ...(snapshot && { snapshotCluster: cluster }),
  });
  return { stack, cluster, database };
}

const WARNING = Match.stringLikeRegexp('no endpoint for Secrets Manager');

describe('subnets without a way to the internet', () => {
  test('need an endpoint for Secrets Manager, which is said at synth', () => {
    Annotations.fromStack(isolated().stack).hasWarning('/Stack/UmamiDatabase', WARNING);
  });

  test('are fit with that endpoint', () => {
    Annotations.fromStack(isolated({ endpoint: true }).stack).hasNoWarning('*', WARNING);
  });

  test('need one for Amazon RDS as well, for a snapshot', () => {
    const { stack } = isolated({ endpoint: true, snapshot: true });

    Annotations.fromStack(stack).hasWarning(
      '/Stack/UmamiDatabase',
      Match.stringLikeRegexp('no endpoint for Amazon RDS. Add one: .*InterfaceVpcEndpointAwsService.RDS '),
    );
  });

  test('of an imported VPC cannot be known about', () => {
    const { stack } = deploy(() => ({ vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }));

    Annotations.fromStack(stack).hasNoWarning('*', WARNING);
  });
});

describe('a cluster', () => {
  test('gives endpoint and port, and is not changed', () => {
    const { stack } = isolated();
    const template = Template.fromStack(stack);

    template.hasResourceProperties('Custom::UmamiDatabase', {
      Host: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Endpoint.Address'] },
      Port: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Endpoint.Port'] },
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('lets the function in with one line', () => {
    const { stack, cluster, database } = isolated();
    cluster.connections.allowDefaultPortFrom(database);

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^UmamiDatabaseSecurityGroup'), 'GroupId'] },
    });
    expect(database.connections.defaultPort).toBeDefined();
  });
});
