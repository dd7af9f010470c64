import { Lazy } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { Nat, NetworkError, NetworkInsideVpc, type NetworkInsideVpcProps } from '../../src';
import { INSIDE, newStack, ofType, propertiesOf, resourcesOf, target, VPC_ID, vpcIn } from './template';

function stackWith(props: Partial<NetworkInsideVpcProps> = {}) {
  const stack = newStack();
  new NetworkInsideVpc(stack, 'Network', { vpc: vpcIn(stack), ...INSIDE, ...props });
  return stack;
}

/** Every text in a value that looks like the id of an EC2 resource. */
function ec2Ids(value: unknown): string[] {
  return JSON.stringify(value).match(/\b(vpc|igw|nat|subnet|rtb|sg|eni|acl|pcx|vpce|eipalloc|dopt)-[0-9a-f]+/g) ?? [];
}

describe('the VPC stays as it is', () => {
  test('only its id and the id of its internet gateway are named', () => {
    expect(new Set(ec2Ids(resourcesOf(stackWith())))).toEqual(new Set([VPC_ID, INSIDE.internetGatewayId]));
  });

  test('with its NAT gateway, that id is named besides', () => {
    const stack = stackWith({ nat: Nat.existingGateway('nat-0123456789abcdef0') });
    expect(new Set(ec2Ids(resourcesOf(stack)))).toEqual(
      new Set([VPC_ID, INSIDE.internetGatewayId, 'nat-0123456789abcdef0']),
    );
  });

  test('exactly these resources are added to it', () => {
    const counts: { [type: string]: number } = {};
    for (const { Type } of Object.values(resourcesOf(stackWith()))) counts[Type] = (counts[Type] ?? 0) + 1;
    expect(counts).toEqual({
      'AWS::EC2::Subnet': 4,
      'AWS::EC2::RouteTable': 4,
      'AWS::EC2::SubnetRouteTableAssociation': 4,
      'AWS::EC2::Route': 4,
      'AWS::EC2::EIP': 1,
      'AWS::EC2::NatGateway': 1,
      'AWS::EC2::VPCEndpoint': 1,
    });
  });

  test('routes, associations and the endpoint are about subnets and route tables of the stack alone', () => {
    const stack = stackWith();
    const resources = resourcesOf(stack);
    const named = ['AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPCEndpoint']
      .flatMap((type) => propertiesOf(stack, type))
      .flatMap(({ RouteTableId, SubnetId, RouteTableIds = [] }) => [RouteTableId, SubnetId, RouteTableIds].flat())
      .filter((value) => value !== undefined);
    expect(named).toHaveLength(4 + 4 * 2 + 4);
    expect(named.filter((value) => !resources[target(value)])).toEqual([]);
  });

  test('everything lies in the VPC', () => {
    const vpcIds = Object.values(resourcesOf(stackWith())).flatMap(({ Properties }) => Properties['VpcId'] ?? []);
    expect(vpcIds).toHaveLength(4 + 4 + 1);
    expect(new Set(vpcIds)).toEqual(new Set([VPC_ID]));
  });
});

test('what holds addresses keeps its logical id: another one would be created while the old one still holds them', () => {
  const stack = stackWith();
  const holding = ['AWS::EC2::Subnet', 'AWS::EC2::EIP', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint'];
  expect(holding.flatMap((type) => ofType(stack, type)).map(([logicalId]) => logicalId)).toEqual([
    'NetworkSubnetsEdge1Subnet0BA45AF8',
    'NetworkSubnetsEdge2Subnet1039D1B2',
    'NetworkSubnetsTasks1Subnet406C463F',
    'NetworkSubnetsTasks2Subnet6BD24762',
    'NetworkSubnetsEdge1EIP00098274',
    'NetworkSubnetsEdge1NATGateway299A0E9D',
    'NetworkSubnetsViewS3A909AC3D',
  ]);
});

test('the block may lie in a secondary CIDR block of the VPC', () => {
  expect(() => stackWith({ vpcCidrBlocks: ['10.0.0.0/16', '10.40.250.0/24'] })).not.toThrow();
});

test('a CIDR block that only the deployment knows is not looked into', () => {
  const unknown = Lazy.string({ produce: () => '10.40.0.0/16' });
  expect(() => stackWith({ vpcCidrBlocks: ['10.0.0.0/16', unknown] })).not.toThrow();
});

test.each([
  ['10.0.0.0/16, 10.39.0.0/16', ['10.0.0.0/16', '10.39.0.0/16']],
  ['10.40.250.0/25', ['10.40.250.0/25']],
  ['', []],
])('fails when the block does not lie inside the VPC (%s)', (listed, vpcCidrBlocks) => {
  expect(() => stackWith({ vpcCidrBlocks })).toThrow(
    new NetworkError(
      `\`block\` must lie inside the VPC (${listed}), got: 10.40.250.0/24.` +
        ' Choose a free /24 of the VPC, or set `addBlock` to add it as a secondary CIDR block.',
    ),
  );
});

test.each([
  ['10.40.0.0', 'must be an IPv4 CIDR block such as 10.40.250.0/24'],
  ['10.40.1.0/16', 'must be the address of a network (has host bits set; did you mean 10.40.0.0/16?)'],
])('fails when %s is given as a CIDR block of the VPC', (block, problem) => {
  expect(() => stackWith({ vpcCidrBlocks: [block] })).toThrow(
    new NetworkError(`\`vpcCidrBlocks\` ${problem}, got: ${block}. Find them with: aws ec2 describe-vpcs`),
  );
});

describe('a secondary CIDR block on request', () => {
  const secondary = { block: '10.41.0.0/24', addBlock: true };

  test('is not added unless it is asked for', () => {
    expect(ofType(stackWith(), 'AWS::EC2::VPCCidrBlock')).toEqual([]);
  });

  test('is added to the VPC, and the subnets wait for it', () => {
    const stack = stackWith(secondary);
    const blocks = ofType(stack, 'AWS::EC2::VPCCidrBlock');
    expect(blocks.map(([, { Properties }]) => Properties)).toEqual([{ VpcId: VPC_ID, CidrBlock: '10.41.0.0/24' }]);
    const subnets = ofType(stack, 'AWS::EC2::Subnet').map(([, subnet]) => subnet);
    expect(subnets.map(({ Properties }) => Properties['CidrBlock'])).toContain('10.41.0.0/27');
    for (const { DependsOn } of subnets) expect(DependsOn).toEqual([blocks[0]?.[0]]);
  });

  test.each(['10.41.0.0/16', '10.41.0.128/25'])('fails when it overlaps with a block of the VPC: %s', (taken) => {
    expect(() => stackWith({ ...secondary, vpcCidrBlocks: ['10.40.0.0/16', taken] })).toThrow(
      new NetworkError(
        `\`block\` must not overlap with the VPC when it is added to it, got: 10.41.0.0/24 (${taken}).` +
          ' Choose a /24 outside the VPC, or leave `addBlock` out to use a part of it.',
      ),
    );
  });
});
