import { PrefixList, SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
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
const attributes = { subnetId: 'subnet-1', ipv4CidrBlock: '10.40.250.0/27', availabilityZone: 'us-east-1a' };
const subnet = (stack: Stack) => Subnet.fromSubnetAttributes(stack, 'Subnet', attributes);
const group = (stack: Stack) => SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
const vpc = (stack: Stack) =>
  Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a'] });

cases<NewNetworkProps>(NewNetwork, () => zones, {
  block: 10,
  availabilityZones: 'us-east-1a',
  nat: 'gateway',
  flowLogs: 'no',
});
cases<NetworkInsideVpcProps & { vpcId?: never }>(
  NetworkInsideVpc,
  (stack) => ({ ...zones, vpc: vpc(stack), vpcCidrBlocks: ['10.40.0.0/16'], internetGatewayId: 'igw-1' }),
  {
    vpcId: 'vpc-1',
    vpc: 'vpc-1',
    vpcCidrBlocks: '10.40.0.0/16',
    block: '',
    addBlock: 'no',
    availabilityZones: [1, 2],
    internetGatewayId: 'vpc-1',
    nat: 'gateway',
    flowLogs: 0,
  },
);
cases<ExistingNetworkProps & { vpcId?: never }>(
  ExistingNetwork,
  (stack) => {
    const subnets = [subnet(stack)];
    return { vpc: vpc(stack), publicSubnets: subnets, privateSubnets: subnets };
  },
  {
    vpcId: 'vpc-1',
    vpc: '',
    publicSubnets: [{ subnetId: 'subnet-1', cidrBlock: '10.40.250.0/27', availabilityZone: 'us-east-1a' }],
    privateSubnets: [],
  },
);
cases<SecurityGroupsProps & { cloudFrontPrefixListId?: never }>(
  SecurityGroups,
  (stack) => ({ vpc: vpc(stack), cloudFrontPrefixList: PrefixList.fromPrefixListId(stack, 'CloudFront', 'pl-1') }),
  {
    vpc: 'vpc-1',
    cloudFrontPrefixListId: 'pl-1',
    cloudFrontPrefixList: 'pl-1',
    loadBalancerCidrBlocks: ['203.0.113.1/24'],
    databaseFunctionVpc: 'vpc-1',
    databaseSecurityGroup: 'sg-1',
    databaseCidrBlocks: '10.0.0.0/24',
    umamiReachesDatabase: 'false',
    databasePort: '5432',
  },
);
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
cases<VpcPeeringProps & { owner?: never; peerVpcId?: never; peerRouteTableIds?: never }>(
  VpcPeering,
  (stack) => ({
    network: new NewNetwork(stack, 'Network', zones),
    peerVpc: vpc(stack),
    peerCidrBlocks: ['10.41.0.0/16'],
    peerRouteTables: [{ routeTableId: 'rtb-1' }],
    addRoutesBack: true,
  }),
  {
    network: 'vpc-1',
    peerVpcId: 'vpc-2',
    peerVpc: 'vpc-2',
    peerCidrBlocks: '10.41.0.0/16',
    peerRouteTableIds: ['rtb-1'],
    peerRouteTables: ['rtb-1'],
    addRoutesBack: 'yes',
    owner: 'terraform',
  },
);

test.each(['ipv4CidrBlock', 'availabilityZone'])('a subnet that was imported without %s is refused', (attribute) => {
  const stack = new Stack();
  const wrong = [Subnet.fromSubnetAttributes(stack, 'Subnet', { ...attributes, [attribute]: undefined })];
  expect(
    () => new ExistingNetwork(stack, 'Network', { vpc: vpc(stack), publicSubnets: wrong, privateSubnets: wrong }),
  ).toThrow(
    /^`publicSubnets` must have CIDR blocks and Availability Zones, got: subnet-1 without\. Give Subnet\.fromSubnetAttributes/,
  );
});

test('a text in the place of a construct is refused with what to give instead, a token as well', () => {
  const stack = new Stack();
  const right = { vpc: vpc(stack), loadBalancerCidrBlocks: ['203.0.113.0/24'] };
  const id = new CfnParameter(stack, 'Id').valueAsString;
  expect(() => new SecurityGroups(stack, 'Groups', { ...right, cloudFrontPrefixListId: id } as never)).toThrow(
    /^`cloudFrontPrefixListId` must be left out, got: .* Give `cloudFrontPrefixList`: PrefixList\.fromPrefixListId/,
  );
});

test('a gateway that exists has an id', () => {
  expect(() => Nat.existingGateway('igw-1')).toThrow(/^`natGatewayId` must be an id such as nat-.*, got: igw-1/);
});
