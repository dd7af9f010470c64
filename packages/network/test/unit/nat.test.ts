import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { Nat } from '../../src';
import { NETWORKS } from './networks';
import { INSIDE, ofType, propertiesOf, resourcesOf, target } from './template';

/** Where the default routes of the route tables go, by the CIDR block of the subnet that uses the table. */
function defaultRoutes(stack: Stack) {
  const subnets = resourcesOf(stack);
  const blockByTable = new Map(
    propertiesOf(stack, 'AWS::EC2::SubnetRouteTableAssociation').map(({ RouteTableId, SubnetId }) => [
      target(RouteTableId),
      subnets[target(SubnetId)]?.Properties['CidrBlock'],
    ]),
  );
  return propertiesOf(stack, 'AWS::EC2::Route').map((route) => [
    blockByTable.get(target(route['RouteTableId'])),
    route['DestinationCidrBlock'],
    route['GatewayId'] ? 'internet gateway' : 'NAT gateway',
    target(route['GatewayId'] ?? route['NatGatewayId']),
  ]);
}

describe.each(NETWORKS)('a network %s', (_, create) => {
  test('sends public subnets to the internet gateway and private ones to its one NAT gateway', () => {
    const { stack } = create();
    const [internetGateway] = ofType(stack, 'AWS::EC2::InternetGateway').map(([logicalId]) => logicalId);
    const [[natGateway = ''] = []] = ofType(stack, 'AWS::EC2::NatGateway');
    expect(defaultRoutes(stack)).toEqual([
      ['10.40.250.0/27', '0.0.0.0/0', 'internet gateway', internetGateway ?? INSIDE.internetGatewayId],
      ['10.40.250.32/27', '0.0.0.0/0', 'internet gateway', internetGateway ?? INSIDE.internetGatewayId],
      ['10.40.250.64/26', '0.0.0.0/0', 'NAT gateway', natGateway],
      ['10.40.250.128/26', '0.0.0.0/0', 'NAT gateway', natGateway],
    ]);
  });

  test('has one NAT gateway with one address, in the first public subnet', () => {
    const { stack } = create();
    const gateways = ofType(stack, 'AWS::EC2::NatGateway');
    expect(gateways).toHaveLength(1);
    const [[, { Properties: gateway, DependsOn = [] }]] = gateways as [(typeof gateways)[number]];
    const resources = resourcesOf(stack);
    expect(resources[target(gateway['SubnetId'])]?.Properties['CidrBlock']).toBe('10.40.250.0/27');
    expect(ofType(stack, 'AWS::EC2::EIP').map(([logicalId]) => logicalId)).toEqual([target(gateway['AllocationId'])]);
    expect(DependsOn.map((logicalId) => resources[logicalId]?.Type)).toContain('AWS::EC2::Route');
  });

  test('with an existing NAT gateway creates none and points the private routes at it', () => {
    const { stack } = create({ nat: Nat.existingGateway('nat-0123456789abcdef0') });
    expect(ofType(stack, 'AWS::EC2::NatGateway')).toEqual([]);
    expect(ofType(stack, 'AWS::EC2::EIP')).toEqual([]);
    expect(defaultRoutes(stack).slice(2)).toEqual([
      ['10.40.250.64/26', '0.0.0.0/0', 'NAT gateway', 'nat-0123456789abcdef0'],
      ['10.40.250.128/26', '0.0.0.0/0', 'NAT gateway', 'nat-0123456789abcdef0'],
    ]);
  });

  test('with a NAT gateway in each zone, a zone that is down cuts off no other one', () => {
    const { stack } = create({ nat: Nat.gatewayPerZone() });
    const resources = resourcesOf(stack);
    const blocks = ofType(stack, 'AWS::EC2::NatGateway').map(([id, { Properties }]) => [
      resources[target(Properties['SubnetId'])]?.Properties['CidrBlock'],
      id,
    ]);
    expect(blocks.map(([block]) => block)).toEqual(['10.40.250.0/27', '10.40.250.32/27']);
    expect(ofType(stack, 'AWS::EC2::EIP')).toHaveLength(2);
    expect(defaultRoutes(stack).slice(2)).toEqual([
      ['10.40.250.64/26', '0.0.0.0/0', 'NAT gateway', blocks[0]?.[1]],
      ['10.40.250.128/26', '0.0.0.0/0', 'NAT gateway', blocks[1]?.[1]],
    ]);
  });

  test('without egress has no default route for the tasks, and S3 all the same', () => {
    const { stack } = create({ nat: Nat.none() });
    expect(ofType(stack, 'AWS::EC2::NatGateway')).toEqual([]);
    expect(ofType(stack, 'AWS::EC2::EIP')).toEqual([]);
    expect(defaultRoutes(stack).map(([block]) => block)).toEqual(['10.40.250.0/27', '10.40.250.32/27']);
    expect(ofType(stack, 'AWS::EC2::VPCEndpoint')).toHaveLength(1);
  });
});
