import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  DatabaseAccess,
  type DatabaseAccessProps,
  ExistingNetwork,
  type ExistingNetworkProps,
  Nat,
  NetworkInsideVpc,
  type NetworkInsideVpcProps,
  NewNetwork,
  type NewNetworkProps,
  SecurityGroups,
  type SecurityGroupsProps,
  VpcPeering,
  type VpcPeeringProps,
} from '../../src';

// Plain JavaScript has no types: a wrong value must fail at synth, not at the deployment or never.

function cases<Props>(
  Type: new (scope: Construct, id: string, props: Props) => Construct,
  right: (stack: Stack) => Props,
  wrong: { readonly [Prop in keyof Required<Props>]: unknown },
): void {
  describe(Type.name, () => {
    test.each(
      Object.entries(wrong).flatMap(([prop, value]) => [
        [prop, value],
        [prop, null],
      ]),
    )('refuses %s %j', (prop, value) => {
      const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
      const create = () => new Type(stack, 'Construct', { ...right(stack), [prop as string]: value });
      expect(create).toThrow(
        expect.objectContaining({
          name: 'NetworkError',
          message: expect.stringMatching(new RegExp(`^\`${prop}\` must .*, got: `)),
        }),
      );
    });
  });
}

const zones = { block: '10.40.250.0/24', availabilityZones: ['us-east-1a', 'us-east-1b'] };
const subnet = { subnetId: 'subnet-1', cidrBlock: '10.40.250.0/27', availabilityZone: 'us-east-1a' };
const group = (stack: Stack) => SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
const vpc = (stack: Stack) =>
  Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a'] });

cases<NewNetworkProps>(NewNetwork, () => zones, {
  block: 10,
  availabilityZones: 'us-east-1a',
  nat: 'gateway',
  flowLogs: 'no',
});
cases<NetworkInsideVpcProps>(
  NetworkInsideVpc,
  () => ({ ...zones, vpcId: 'vpc-1', vpcCidrBlocks: ['10.40.0.0/16'], internetGatewayId: 'igw-1' }),
  {
    vpcId: 'my-vpc',
    vpcCidrBlocks: '10.40.0.0/16',
    block: '',
    addBlock: 'no',
    availabilityZones: [1, 2],
    internetGatewayId: 'vpc-1',
    nat: 'gateway',
    flowLogs: 0,
  },
);
cases<ExistingNetworkProps>(
  ExistingNetwork,
  () => ({ vpcId: 'vpc-1', publicSubnets: [subnet], privateSubnets: [subnet] }),
  {
    vpcId: '',
    publicSubnets: [],
    privateSubnets: 'subnet-1',
  },
);
cases<SecurityGroupsProps>(SecurityGroups, (stack) => ({ vpc: vpc(stack), cloudFrontPrefixListId: 'pl-1' }), {
  vpc: 'vpc-1',
  cloudFrontPrefixListId: 'cloudfront',
  loadBalancerCidrBlocks: ['203.0.113.1/24'],
  databaseFunctionVpc: 'vpc-1',
  databaseSecurityGroup: 'sg-1',
  databaseCidrBlocks: '10.0.0.0/24',
  umamiReachesDatabase: 'false',
  databasePort: '5432',
});
cases<DatabaseAccessProps & { owner?: never }>(
  DatabaseAccess,
  (stack) => ({ mode: 'rule', clusterSecurityGroup: group(stack), port: 5432, clients: {} }),
  {
    mode: 'add',
    clusterSecurityGroup: 'sg-1',
    port: 0,
    owner: 'terraform',
    clients: { Umami: { cidrBlocks: ['10.0.0.0/33'] } },
  },
);
cases<VpcPeeringProps & { owner?: never }>(
  VpcPeering,
  (stack) => ({
    network: new NewNetwork(stack, 'Network', zones),
    peerVpcId: 'vpc-2',
    peerCidrBlocks: ['10.41.0.0/16'],
    peerRouteTableIds: ['rtb-1'],
    addRoutesBack: true,
  }),
  {
    network: 'vpc-1',
    peerVpcId: 'sg-1',
    peerCidrBlocks: '10.41.0.0/16',
    peerRouteTableIds: ['main'],
    addRoutesBack: 'yes',
    owner: 'terraform',
  },
);

test.each(Object.keys(subnet))('a subnet without %s is refused', (prop) => {
  const wrong = [{ ...subnet, [prop]: undefined }];
  const props = { vpcId: 'vpc-1', publicSubnets: wrong, privateSubnets: wrong };
  expect(() => new ExistingNetwork(new Stack(), 'Network', props as never)).toThrow(
    new RegExp(`^\`${prop}\` must be .*, got: undefined`),
  );
});

test('a gateway that exists has an id', () => {
  expect(() => Nat.existingGateway('igw-1')).toThrow(/^`natGatewayId` must be an id such as nat-.*, got: igw-1/);
});
