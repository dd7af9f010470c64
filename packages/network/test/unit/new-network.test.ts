import { expect, test } from 'vitest';
import { Nat, NewNetwork } from '../../src';
import { newStack, ofType, propertiesOf, resourcesOf, target, ZONES } from './template';

function create(nat?: Nat, flags?: { [flag: string]: unknown }) {
  const stack = newStack(flags);
  const network = new NewNetwork(stack, 'Network', {
    block: '10.40.250.0/24',
    availabilityZones: ZONES,
    ...(nat ? { nat } : {}),
  });
  return { stack, network };
}

test('the VPC has exactly the block, and DNS names', () => {
  const { stack, network } = create();
  const [[logicalId = '', { Properties } = { Properties: {} }] = []] = ofType(stack, 'AWS::EC2::VPC');
  expect(ofType(stack, 'AWS::EC2::VPC')).toHaveLength(1);
  expect(ofType(stack, 'AWS::EC2::VPCCidrBlock')).toEqual([]);
  expect(Properties).toMatchObject({
    CidrBlock: '10.40.250.0/24',
    EnableDnsHostnames: true,
    EnableDnsSupport: true,
    InstanceTenancy: 'default',
  });
  expect(stack.resolve(network.vpc.vpcId)).toEqual({ Ref: logicalId });
});

test('nobody else gets into it: its default security group is closed', () => {
  const { stack } = create();
  const [[vpc = ''] = []] = ofType(stack, 'AWS::EC2::VPC');
  expect(propertiesOf(stack, 'Custom::VpcRestrictDefaultSG')).toEqual([
    expect.objectContaining({ DefaultSecurityGroupId: { 'Fn::GetAtt': [vpc, 'DefaultSecurityGroup'] } }),
  ]);
});

test('it is closed as well where the feature flag that closes it is not set', () => {
  const { stack } = create(undefined, {});
  expect(propertiesOf(stack, 'Custom::VpcRestrictDefaultSG')).toHaveLength(1);
});

test('one internet gateway is attached to it before any route goes there', () => {
  const { stack } = create();
  const [[vpc = ''] = []] = ofType(stack, 'AWS::EC2::VPC');
  const [[gateway = ''] = []] = ofType(stack, 'AWS::EC2::InternetGateway');
  const attachments = ofType(stack, 'AWS::EC2::VPCGatewayAttachment');
  expect(ofType(stack, 'AWS::EC2::InternetGateway')).toHaveLength(1);
  expect(attachments.map(([, { Properties }]) => Properties)).toEqual([
    { VpcId: { Ref: vpc }, InternetGatewayId: { Ref: gateway } },
  ]);
  const routes = ofType(stack, 'AWS::EC2::Route').filter(([, { Properties }]) => Properties['GatewayId']);
  expect(routes.map(([, { DependsOn }]) => DependsOn)).toEqual([[attachments[0]?.[0]], [attachments[0]?.[0]]]);
});

test('everything in it belongs to it', () => {
  const { stack } = create();
  const [[vpc = ''] = []] = ofType(stack, 'AWS::EC2::VPC');
  const owners = Object.values(resourcesOf(stack)).flatMap(({ Properties }) => Properties['VpcId'] ?? []);
  expect(new Set(owners.map(target))).toEqual(new Set([vpc]));
  expect(owners).toHaveLength(1 + 4 + 4 + 1);
});

test('takes another kind of egress', () => {
  const { stack } = create(Nat.existingGateway('nat-0123456789abcdef0'));
  expect(ofType(stack, 'AWS::EC2::NatGateway')).toEqual([]);
});

test('what holds addresses keeps its logical id: another one would be created while the old one still holds them', () => {
  const { stack } = create();
  const holding = ['AWS::EC2::VPC', 'AWS::EC2::InternetGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::Subnet'];
  expect(holding.flatMap((type) => ofType(stack, type)).map(([logicalId]) => logicalId)).toEqual([
    'NetworkVpc7FB7348F',
    'NetworkInternetGatewayD8FF3F66',
    'NetworkInternetGatewayAttachment4FEFFDBC',
    'NetworkSubnetsEdge1Subnet0BA45AF8',
    'NetworkSubnetsEdge2Subnet1039D1B2',
    'NetworkSubnetsTasks1Subnet406C463F',
    'NetworkSubnetsTasks2Subnet6BD24762',
  ]);
});
