import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Lazy, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { type INetwork, NetworkError } from '../../src';
import { NETWORKS } from './networks';
import { ofType, propertiesOf, resourcesOf, tagOf, target, ZONES } from './template';

describe.each(NETWORKS)('a network %s', (_, create) => {
  test('has exactly two public /27 and two private /26 in two zones', () => {
    const { stack } = create();
    const subnets = propertiesOf(stack, 'AWS::EC2::Subnet');
    expect(subnets.map(({ CidrBlock, AvailabilityZone }) => [CidrBlock, AvailabilityZone])).toEqual([
      ['10.40.250.0/27', 'us-east-1a'],
      ['10.40.250.32/27', 'us-east-1b'],
      ['10.40.250.64/26', 'us-east-1a'],
      ['10.40.250.128/26', 'us-east-1b'],
    ]);
  });

  test('gives nothing a public address by itself', () => {
    const launched = propertiesOf(create().stack, 'AWS::EC2::Subnet').map((subnet) => subnet['MapPublicIpOnLaunch']);
    expect(launched.filter(Boolean)).toEqual([]);
  });

  test('has a route table of its own for each subnet', () => {
    const { stack } = create();
    const associations = propertiesOf(stack, 'AWS::EC2::SubnetRouteTableAssociation');
    const ids = (type: string) => ofType(stack, type).map(([logicalId]) => logicalId);
    expect(associations.map(({ SubnetId }) => target(SubnetId)).sort()).toEqual(ids('AWS::EC2::Subnet').sort());
    expect(associations.map(({ RouteTableId }) => target(RouteTableId)).sort()).toEqual(
      ids('AWS::EC2::RouteTable').sort(),
    );
    expect(ids('AWS::EC2::RouteTable')).toHaveLength(4);
  });

  test('reaches S3 without a charge per GB, from private and public subnets', () => {
    const { stack } = create();
    const endpoints = propertiesOf(stack, 'AWS::EC2::VPCEndpoint');
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]).toMatchObject({
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.s3']] },
      VpcEndpointType: 'Gateway',
    });
    const tables = ofType(stack, 'AWS::EC2::RouteTable').map(([logicalId]) => logicalId);
    const [{ RouteTableIds: served } = {}] = endpoints;
    expect((served as unknown[]).map(target).sort()).toEqual(tables.sort());
  });

  test('names its subnets so that SST does not adopt them', () => {
    const { stack } = create();
    const names = Object.values(resourcesOf(stack)).map(({ Properties }) => tagOf(Properties, 'Name') ?? '');
    expect(names.filter((name) => /public|private/i.test(name))).toEqual([]);
    expect(propertiesOf(stack, 'AWS::EC2::Subnet').map((subnet) => tagOf(subnet, 'Name'))).toEqual([
      'Stack/Edge1',
      'Stack/Edge2',
      'Stack/Tasks1',
      'Stack/Tasks2',
    ]);
  });

  test('says of everything taggable in it that it is network infrastructure', () => {
    const tagged = Object.values(create().stack.node.findAll())
      .filter((node) => 'cfnResourceType' in node && 'tags' in node)
      .map((node) => node.node.path);
    const { stack } = create();
    const tags = Object.values(resourcesOf(stack)).filter(({ Properties }) => tagOf(Properties, 'Component'));
    expect(tags).toHaveLength(tagged.length);
    expect(new Set(tags.map(({ Properties }) => tagOf(Properties, 'Component')))).toEqual(new Set(['Infrastructure']));
    expect(new Set(tags.map(({ Properties }) => tagOf(Properties, 'Function')))).toEqual(new Set(['Networking']));
  });

  test('hands out its subnets as CDK knows them', () => {
    const { stack, network } = create();
    const blocks = (subnetType: SubnetType) =>
      network.vpc
        .selectSubnets({ subnetType })
        .subnets.map(({ subnetId, availabilityZone, routeTable }) => [
          resourcesOf(stack)[target(stack.resolve(subnetId))]?.Properties['CidrBlock'],
          availabilityZone,
          resourcesOf(stack)[target(stack.resolve(routeTable.routeTableId))]?.Type,
        ]);
    expect(blocks(SubnetType.PUBLIC)).toEqual([
      ['10.40.250.0/27', 'us-east-1a', 'AWS::EC2::RouteTable'],
      ['10.40.250.32/27', 'us-east-1b', 'AWS::EC2::RouteTable'],
    ]);
    expect(blocks(SubnetType.PRIVATE_WITH_EGRESS)).toEqual([
      ['10.40.250.64/26', 'us-east-1a', 'AWS::EC2::RouteTable'],
      ['10.40.250.128/26', 'us-east-1b', 'AWS::EC2::RouteTable'],
    ]);
    const idsOf = (subnets: INetwork['publicSubnets']) => subnets.map(({ subnetId }) => stack.resolve(subnetId));
    expect(idsOf(network.publicSubnets)).toEqual(idsOf(network.vpc.publicSubnets));
    expect(idsOf(network.privateSubnets)).toEqual(idsOf(network.vpc.privateSubnets));
    expect(network.cidrBlocks).toEqual(['10.40.250.0/24']);
    expect(network.vpc.vpcCidrBlock).toBe('10.40.250.0/24');
    expect(network.vpc.availabilityZones).toEqual(ZONES);
  });

  test('takes zones that only the deployment knows', () => {
    const availabilityZones = ['first', 'second'].map((zone) => Lazy.string({ produce: () => zone }));
    const subnets = propertiesOf(create({ availabilityZones }).stack, 'AWS::EC2::Subnet');
    expect(subnets.map(({ AvailabilityZone }) => AvailabilityZone)).toEqual(['first', 'second', 'first', 'second']);
  });

  test('acknowledges that its zones are written out, and why', () => {
    const acknowledged = (node: IConstruct) =>
      node.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    expect(
      create()
        .network.node.findAll()
        .flatMap(acknowledged)
        .map(({ data }) => data),
    ).toEqual([
      {
        'CloudFormation-Validate::W3010': 'The zones are chosen by the user: synth needs no context lookups.',
      },
    ]);
  });

  test.each([
    ['none', []],
    ['us-east-1a', ['us-east-1a']],
    [', us-east-1b', ['', 'us-east-1b']],
    ['us-east-1a, us-east-1a', ['us-east-1a', 'us-east-1a']],
    ['us-east-1a, us-east-1b, us-east-1c', ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  ])('fails when the zones are %s', (got, availabilityZones) => {
    expect(() => create({ availabilityZones })).toThrow(
      new NetworkError(
        `\`availabilityZones\` must be two different Availability Zones, got: ${got}.` +
          ' Name two of the Region, such as us-east-1a and us-east-1b.',
      ),
    );
  });

  test.each([
    ['nonsense', 'must be an IPv4 CIDR block such as 10.40.250.0/24'],
    ['10.40.0.0/16', 'must be a /24'],
    ['10.40.250.9/24', 'must be the address of a network (has host bits set; did you mean 10.40.250.0/24?)'],
  ])('fails when the block is %s', (block, problem) => {
    expect(() => create({ block })).toThrow(
      new NetworkError(`\`block\` ${problem}, got: ${block}. Choose a free /24 such as 10.40.250.0/24.`),
    );
  });

  test('fails when only the deployment knows the block', () => {
    const block = Lazy.string({ produce: () => '10.40.250.0/24' });
    expect(() => create({ block })).toThrow(
      new NetworkError(`\`block\` must be known at synth, got: ${block}. Choose a free /24 such as 10.40.250.0/24.`),
    );
  });
});
