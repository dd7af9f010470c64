import { Template } from 'aws-cdk-lib/assertions';
import { type CfnVPC, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import {
  DatabaseAccess,
  type DatabaseAccessMode,
  type INetwork,
  NetworkInsideVpc,
  NewNetwork,
  SecurityGroups,
  VpcPeering,
} from '../../src';
import { ZONES } from './template';

class Application extends Stack {
  readonly vpc = new Vpc(this, 'Vpc', { maxAzs: 2 });
  readonly functions = new SecurityGroup(this, 'Functions', { vpc: this.vpc });
  readonly cluster = new SecurityGroup(this, 'Cluster', { vpc: this.vpc, allowAllOutbound: false });

  constructor(scope: App) {
    super(scope, 'Application', { env: { account: '111111111111', region: 'us-east-1' } });
    this.cluster.addIngressRule(this.functions, Port.POSTGRES, 'Functions of the application');
  }

  override get availabilityZones(): string[] {
    return ZONES;
  }
}

/** An application as it is, and the same one with the foundation beside it in one CDK app. */
function application(addFoundation: (application: Application, beside: Stack) => void = () => {}) {
  const app = new App({ context: { ...recommendedFlags, '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const existing = new Application(app);
  const beside = new Stack(app, 'Foundation', { env: { account: '111111111111', region: 'us-east-1' } });
  addFoundation(existing, beside);
  return { resources: Template.fromStack(existing).toJSON().Resources, beside: Template.fromStack(beside) };
}

const before = application().resources;

function inside({ vpc, cluster }: Application, stack: Stack, mode: DatabaseAccessMode): void {
  const network = new NetworkInsideVpc(stack, 'Network', {
    vpc,
    vpcCidrBlocks: ['10.0.0.0/16'],
    block: '10.0.250.0/24',
    availabilityZones: ZONES,
    internetGatewayId: vpc.internetGatewayId as string,
  });
  access(network, cluster, stack, mode);
}

function peered({ vpc, cluster }: Application, stack: Stack, mode: DatabaseAccessMode): void {
  const network = new NewNetwork(stack, 'Network', { block: '10.40.250.0/24', availabilityZones: ZONES });
  new VpcPeering(stack, 'Peering', {
    network,
    peerVpc: vpc,
    peerCidrBlocks: [(vpc.node.defaultChild as CfnVPC).cidrBlock as string],
    peerRouteTables: vpc.privateSubnets.map(({ routeTable }) => routeTable),
    addRoutesBack: mode === 'rule',
  });
  access(network, cluster, stack, mode);
}

function access(network: INetwork, cluster: SecurityGroup, stack: Stack, mode: DatabaseAccessMode) {
  const groups = new SecurityGroups(stack, 'Groups', {
    vpc: network.vpc,
    loadBalancerCidrBlocks: ['203.0.113.0/24'],
    databaseSecurityGroup: cluster,
  });
  const clients = { Umami: groups.umami, DatabaseFunction: groups.databaseFunction };
  new DatabaseAccess(stack, 'Access', { mode, clusterSecurityGroup: cluster, port: 5432, clients });
}

describe.each([
  ['inside its VPC', inside],
  ['in a peered VPC', peered],
])('an application with the foundation %s', (_, add) => {
  test.each<[DatabaseAccessMode, number]>([
    ['present', 0],
    ['rule', 2],
    ['print', 0],
  ])('keeps every resource as it is, its functions their way to the cluster (%s)', (mode, count) => {
    const { resources, beside } = application((existing, stack) => add(existing, stack, mode));
    expect(resources).toEqual(before);
    const added = Object.values(beside.findResources('AWS::EC2::SecurityGroupIngress')).filter(({ Properties }) =>
      JSON.stringify(Properties.GroupId).includes('Fn::ImportValue'),
    );
    expect(added.map(({ Properties }) => [Properties.FromPort, Properties.ToPort])).toEqual(
      Array(count).fill([5432, 5432]),
    );
  });
});

test('the rule of the functions is there to begin with', () => {
  expect(JSON.stringify(before)).toContain('Functions of the application');
});
