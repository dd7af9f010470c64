import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { ExistingNetwork, NetworkError } from '../../src';
import { EXISTING, existing, newStack, resourcesOf } from './template';

function create(props: Partial<typeof EXISTING> = {}) {
  const stack = newStack();
  return { stack, network: new ExistingNetwork(stack, 'Network', existing(stack, { ...EXISTING, ...props })) };
}

function infos({ stack }: ReturnType<typeof create>): unknown[] {
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => entry.data);
}

test('creates no resource at all', () => {
  expect(resourcesOf(create().stack)).toEqual({});
});

test('hands out the VPC and the subnets as they are named', () => {
  const { network } = create();
  const attributes = ({ subnetId, ipv4CidrBlock, availabilityZone }: (typeof network.publicSubnets)[number]) => ({
    subnetId,
    cidrBlock: ipv4CidrBlock,
    availabilityZone,
  });
  expect(network.vpc.vpcId).toBe('vpc-0123456789abcdef0');
  expect(network.publicSubnets.map(attributes)).toEqual(EXISTING.publicSubnets);
  expect(network.privateSubnets.map(attributes)).toEqual(EXISTING.privateSubnets);
  expect(network.cidrBlocks).toEqual(['10.40.250.0/27', '10.40.250.32/27', '10.40.250.64/26', '10.40.250.128/26']);
});

test('the VPC has exactly these subnets, whatever their shape', () => {
  const third = { subnetId: 'subnet-0e', cidrBlock: '10.40.251.0/26', availabilityZone: 'us-east-1c' };
  const { network } = create({ privateSubnets: [...EXISTING.privateSubnets, third] });
  const ids = (subnetType: SubnetType) => network.vpc.selectSubnets({ subnetType }).subnetIds;
  expect(ids(SubnetType.PUBLIC)).toEqual(['subnet-0a', 'subnet-0b']);
  expect(ids(SubnetType.PRIVATE_WITH_EGRESS)).toEqual(['subnet-0c', 'subnet-0d', 'subnet-0e']);
  expect(network.vpc.availabilityZones).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
});

test('subnets of the usual shape differ in nothing, and synth says nothing', () => {
  const created = create();
  expect(created.network.differences).toEqual([]);
  expect(infos(created)).toEqual([]);
  expect(Annotations.fromStack(created.stack).findWarning('*', Match.anyValue())).toEqual([]);
});

test('synth says in what the subnets differ', () => {
  const created = create({
    publicSubnets: [{ subnetId: 'subnet-0a', cidrBlock: '10.40.0.0/24', availabilityZone: 'us-east-1a' }],
    privateSubnets: [
      { subnetId: 'subnet-0c', cidrBlock: '10.40.250.64/26', availabilityZone: 'us-east-1a' },
      { subnetId: 'subnet-0d', cidrBlock: '10.40.250.128/27', availabilityZone: 'us-east-1a' },
    ],
  });
  const expected = [
    '1 public subnets in 1 Availability Zones instead of 2 in 2',
    'public subnet subnet-0a is 10.40.0.0/24 instead of a /27',
    '2 private subnets in 1 Availability Zones instead of 2 in 2',
    'private subnet subnet-0d is 10.40.250.128/27 instead of a /26',
    'the subnets lie in 10.40.0.0/24, 10.40.250.0/24 instead of one /24',
  ];
  expect(created.network.differences).toEqual(expected);
  expect(infos(created)).toEqual(expected);
});

test('three subnets in three zones differ as well', () => {
  const third = { subnetId: 'subnet-0e', cidrBlock: '10.40.251.0/26', availabilityZone: 'us-east-1c' };
  expect(create({ privateSubnets: [...EXISTING.privateSubnets, third] }).network.differences).toEqual([
    '3 private subnets in 3 Availability Zones instead of 2 in 2',
    'the subnets lie in 10.40.250.0/24, 10.40.251.0/24 instead of one /24',
  ]);
});

test('fails when two subnets share addresses', () => {
  const copied = { subnetId: 'subnet-0d', cidrBlock: '10.40.250.0/26', availabilityZone: 'us-east-1b' };
  expect(() => create({ privateSubnets: [copied] })).toThrow(
    new NetworkError(
      '`cidrBlock` must differ from subnet to subnet, got: 10.40.250.0/27 and 10.40.250.0/26.' +
        ' Find them with: aws ec2 describe-subnets',
    ),
  );
});

test('fails when a CIDR block is none', () => {
  const broken = { subnetId: 'subnet-0d', cidrBlock: '10.40.250.64', availabilityZone: 'us-east-1b' };
  expect(() => create({ privateSubnets: [broken] })).toThrow(
    new NetworkError(
      '`cidrBlock` must be an IPv4 CIDR block such as 10.40.250.0/24, got: 10.40.250.64.' +
        ' Find them with: aws ec2 describe-subnets',
    ),
  );
});
