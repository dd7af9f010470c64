import { Lazy, type Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { ExistingNetwork, NetworkError, NewNetwork, VpcPeering, type VpcPeeringProps } from '../../src';
import { existing, newStack, ofType, propertiesOf, resourcesOf, tagOf, target, vpcIn, ZONES } from './template';

type Options = Partial<VpcPeeringProps> & { readonly block?: string };

const tables = (...ids: string[]) => ids.map((routeTableId) => ({ routeTableId }));

function create({ block = '10.40.250.0/24', ...props }: Options = {}) {
  const stack = newStack();
  const network = new NewNetwork(stack, 'Network', { block, availabilityZones: ZONES });
  const peering = new VpcPeering(stack, 'Peering', {
    network,
    peerVpc: vpcIn(stack, 'vpc-0fedcba9876543210'),
    peerCidrBlocks: ['10.0.0.0/16'],
    peerRouteTables: tables('rtb-0a'),
    addRoutesBack: true,
    ...props,
  });
  return { stack, peering };
}

/** The routes of the peering by logical id: route table, destination. A table of ours goes by its subnet's block. */
function routes(stack: Stack): { [logicalId: string]: string } {
  const blockOf = Object.fromEntries(
    propertiesOf(stack, 'AWS::EC2::SubnetRouteTableAssociation').map(({ RouteTableId, SubnetId }) => [
      target(RouteTableId),
      resourcesOf(stack)[target(SubnetId)]?.Properties['CidrBlock'],
    ]),
  );
  const [[connection = ''] = []] = ofType(stack, 'AWS::EC2::VPCPeeringConnection');
  return Object.fromEntries(
    ofType(stack, 'AWS::EC2::Route')
      .filter(([, { Properties }]) => target(Properties['VpcPeeringConnectionId'] ?? '') === connection)
      .map(([logicalId, { Properties }]) => {
        const table = target(Properties['RouteTableId']);
        return [logicalId, `${blockOf[table] ?? table} -> ${Properties['DestinationCidrBlock']}`];
      }),
  );
}

test('connects the network with the VPC of the database', () => {
  const { stack } = create();
  const [[vpc = ''] = []] = ofType(stack, 'AWS::EC2::VPC');
  const connections = propertiesOf(stack, 'AWS::EC2::VPCPeeringConnection');
  expect(connections).toEqual([expect.objectContaining({ VpcId: { Ref: vpc }, PeerVpcId: 'vpc-0fedcba9876543210' })]);
  expect(['Name', 'Component', 'Function'].map((key) => tagOf(connections[0] ?? {}, key))).toEqual([
    'Stack/database',
    'Infrastructure',
    'Networking',
  ]);
});

test('adds a route in each private subnet, and one back in each route table of the database', () => {
  const { stack, peering } = create({
    peerCidrBlocks: ['10.0.0.0/16', '10.1.0.0/16'],
    peerRouteTables: tables('rtb-0a', 'rtb-0b'),
  });
  expect(Object.values(routes(stack)).sort()).toEqual([
    '10.40.250.128/26 -> 10.0.0.0/16',
    '10.40.250.128/26 -> 10.1.0.0/16',
    '10.40.250.64/26 -> 10.0.0.0/16',
    '10.40.250.64/26 -> 10.1.0.0/16',
    'rtb-0a -> 10.40.250.0/24',
    'rtb-0b -> 10.40.250.0/24',
  ]);
  expect(peering.requiredRoutes).toEqual([]);
});

test('leaves the routes back to the owner of the route tables, and lists them', () => {
  const { stack, peering } = create({ peerRouteTables: tables('rtb-0a', 'rtb-0b'), addRoutesBack: false });
  expect(Object.values(routes(stack)).sort()).toEqual([
    '10.40.250.128/26 -> 10.0.0.0/16',
    '10.40.250.64/26 -> 10.0.0.0/16',
  ]);
  const [[connection = ''] = []] = ofType(stack, 'AWS::EC2::VPCPeeringConnection');
  expect(stack.resolve(peering.requiredRoutes)).toEqual(
    ['rtb-0a', 'rtb-0b'].map((routeTableId) => ({
      routeTableId,
      destinationCidrBlock: '10.40.250.0/24',
      vpcPeeringConnectionId: { 'Fn::GetAtt': [connection, 'Id'] },
    })),
  );
});

describe('a route keeps its logical id when the lists around it change', () => {
  // CloudFormation would create it under the new id while it exists under the old one, and EC2 refuses that.
  const all = { peerCidrBlocks: ['10.0.0.0/16', '10.1.0.0/16'], peerRouteTables: tables('rtb-0a', 'rtb-0b') };

  test.each([
    [
      'in another order',
      { peerCidrBlocks: all.peerCidrBlocks.toReversed(), peerRouteTables: tables('rtb-0b', 'rtb-0a') },
    ],
    ['without the first ones', { peerCidrBlocks: ['10.1.0.0/16'], peerRouteTables: tables('rtb-0b') }],
  ])('%s', (_, less) => {
    const before = routes(create(all).stack);
    expect(before).toMatchObject(routes(create(less).stack));
  });

  test('also when only the deployment knows the list', () => {
    const unknown = () => ({
      peerCidrBlocks: [Lazy.string({ produce: () => '10.0.0.0/16' })],
      peerRouteTables: tables(Lazy.string({ produce: () => 'rtb-0a' })),
    });
    const before = routes(create(unknown()).stack);
    expect(Object.values(before).sort()).toEqual([
      '10.40.250.128/26 -> 10.0.0.0/16',
      '10.40.250.64/26 -> 10.0.0.0/16',
      'rtb-0a -> 10.40.250.0/24',
    ]);
    expect(routes(create(unknown()).stack)).toEqual(before);
  });
});

test('the connection and its routes keep their logical ids, because EC2 refuses a second one of each', () => {
  const { stack } = create();
  expect(ofType(stack, 'AWS::EC2::VPCPeeringConnection').map(([logicalId]) => logicalId)).toEqual(['Peering3EBF733F']);
  expect(Object.keys(routes(stack))).toEqual([
    'PeeringToDatabase110000166F7346D4',
    'PeeringToDatabase21000016E9AAD3AF',
    'PeeringBackrtb0a1040250024A3E508D7',
  ]);
});

test('blocks of the same digits are told apart', () => {
  const { stack } = create({ peerCidrBlocks: ['10.1.10.0/24', '10.11.0.0/24'] });
  expect(Object.values(routes(stack)).filter((route) => route.startsWith('10.40.250.64/26'))).toHaveLength(2);
});

test.each([
  ['equal', '10.40.250.0/24'],
  ['around it', '10.40.0.0/16'],
  ['inside it', '10.40.250.192/26'],
])('fails when a CIDR block of the database overlaps with the network: %s', (_, block) => {
  expect(() => create({ peerCidrBlocks: ['10.0.0.0/16', block] })).toThrow(
    new NetworkError(
      `\`peerCidrBlocks\` must not overlap with the network (10.40.250.0/24), got: ${block}.` +
        ' Choose another /24 for the network.',
    ),
  );
});

test('takes a CIDR block next to the network', () => {
  expect(() => create({ peerCidrBlocks: ['10.40.249.0/24', '10.40.251.0/24'] })).not.toThrow();
});

test('fails when a CIDR block is none', () => {
  expect(() => create({ peerCidrBlocks: ['10.0.0.1/16'] })).toThrow(
    new NetworkError(
      '`peerCidrBlocks` must be the address of a network (has host bits set; did you mean 10.0.0.0/16?),' +
        ' got: 10.0.0.1/16. Find them with: aws ec2 describe-vpcs',
    ),
  );
});

test('fails for subnets that exist, whose route tables nobody named', () => {
  const stack = newStack();
  const network = new ExistingNetwork(stack, 'Existing', existing(stack));
  expect(() => create({ network })).toThrow(
    new NetworkError(
      '`network` must have route tables of its own, got: one of subnets that exist.' +
        ' Leave the peering of its VPC to the owner, or use a NewNetwork.',
    ),
  );
});
