import type { IpPermission } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { natGateway } from '../../../src/verification/network/nat-gateway';
import { type ObservedGroup, securityGroups } from '../../../src/verification/network/security-groups';
import { subnets } from '../../../src/verification/network/subnets';
import { another, existing as existingNetwork, inOwnVpc } from '../modes';
import { expectedStage, testCriterion } from './criterion-cases';

const VPC = 'vpc-0a1b2c3d4e5f60718';
const [zoneA, zoneB] = ['eu-central-1a', 'eu-central-1b'];
const publicSubnets = [
  { kind: 'public', id: 'subnet-1', vpcId: VPC, cidrBlock: '10.40.250.0/27', zone: zoneA },
  { kind: 'public', id: 'subnet-2', vpcId: VPC, cidrBlock: '10.40.250.32/27', zone: zoneB },
];
const privateSubnets = [
  { kind: 'private', id: 'subnet-3', vpcId: VPC, cidrBlock: '10.40.250.64/26', zone: zoneA },
  { kind: 'private', id: 'subnet-4', vpcId: VPC, cidrBlock: '10.40.250.128/26', zone: zoneB },
];
const network = { vpcId: VPC, vpcCidrBlock: '10.40.0.0/16', subnets: [...publicSubnets, ...privateSubnets] };
const inPlaceOfPrivate = (...others: typeof privateSubnets) => ({ ...network, subnets: [...publicSubnets, ...others] });
const named = (all: typeof privateSubnets) =>
  all.map(({ id, cidrBlock, zone }) => ({
    subnetId: `${id.replace('-', '-0123456789abcdef')}`,
    cidrBlock,
    availabilityZone: zone,
  }));
const existing = expectedStage(
  another({ ...existingNetwork, publicSubnets: named(publicSubnets), privateSubnets: named(privateSubnets) }),
);

testCriterion(subnets, network, {
  "the tasks get the application's subnets": {
    observed: inPlaceOfPrivate(
      { kind: 'private', id: 'subnet-5', vpcId: VPC, cidrBlock: '10.40.1.0/26', zone: zoneA },
      { kind: 'private', id: 'subnet-6', vpcId: VPC, cidrBlock: '10.40.1.64/26', zone: zoneB },
    ),
    says: ['10.40.1.0/26 lies outside 10.40.250.0/24', '10.40.1.64/26 lies outside 10.40.250.0/24'],
  },
  'there is one private subnet only': {
    observed: inPlaceOfPrivate(...privateSubnets.slice(1)),
    says: ['the subnets are private /26,public /27,public /27'],
  },
  'the subnets are in one Availability Zone': {
    observed: { ...network, subnets: network.subnets.map((subnet) => ({ ...subnet, zone: zoneA })) },
    says: ['the subnets lie in 1 Availability Zones'],
  },
  'a subnet is in another VPC': {
    observed: inPlaceOfPrivate(...privateSubnets.map((subnet) => ({ ...subnet, vpcId: 'vpc-1' }))),
    says: ['subnet-3 lies in another VPC', 'subnet-4 lies in another VPC'],
  },
  'a VPC of its own has another block': {
    expected: expectedStage(inOwnVpc({ block: '10.40.250.0/24' })),
    says: ['the VPC is 10.40.0.0/16'],
  },
  'an existing subnet is not among those that the configuration names': {
    expected: existing,
    observed: { ...network, subnets: network.subnets.slice(1) },
    says: ['the network lacks 10.40.250.0/27'],
  },
});

test('existing subnets of another shape are no failure, and no pass either', () => {
  const { wrong, applies } = subnets.evaluate(network, existing);
  expect([wrong, applies]).toEqual([[], true]);
  const oneZone = { ...network, subnets: network.subnets.map((subnet) => ({ ...subnet, zone: zoneA })) };
  expect(subnets.evaluate(oneZone, existing)).toMatchObject({ wrong: [], applies: false });
});

const toNat = ['subnet-3', 'subnet-4'].map((subnet) => ({ subnet, gateway: 'nat-1' }));
const toInternet = ['subnet-1', 'subnet-2'].map((subnet) => ({ subnet, gateway: 'igw-1' }));
const routes = { privateRoutes: toNat, publicRoutes: toInternet, natGateways: 1 };
const shared = expectedStage((stage) => {
  Object.assign(stage.network, { natGatewayId: 'nat-0a1b2c3d4e5f60718' });
});

testCriterion(natGateway, routes, {
  'a private subnet leads to the internet': {
    observed: { ...routes, privateRoutes: [{ subnet: 'subnet-3', gateway: 'igw-1' }, ...toNat.slice(1)] },
    says: ['the private subnets lead to igw-1 and nat-1', 'subnet-3 has no NAT'],
  },
  'a public subnet leads to the NAT gateway': {
    observed: { ...routes, publicRoutes: [{ subnet: 'subnet-1', gateway: 'nat-1' }, ...toInternet.slice(1)] },
    says: ['subnet-1 leads to no internet gateway'],
  },
  'there are two NAT gateways': { observed: { ...routes, natGateways: 2 }, says: ['2 gateways are ours'] },
  'the subnets lead to another NAT gateway than the one that the configuration names': {
    observed: { ...routes, natGateways: 0 },
    expected: shared,
    says: ['the subnets lead to nat-1 and not to nat-0a1b2c3d4e5f60718'],
  },
});

const tcp = (port: number, peer: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
});
const group = (GroupId: string) => ({ UserIdGroupPairs: [{ GroupId }] });
const block = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
const all = (peer: Partial<IpPermission>): IpPermission => ({ IpProtocol: '-1', ...peer });
const [LOAD_BALANCER, UMAMI, OPENREPLAY, FUNCTIONS, DATABASE_FUNCTION] = ['lb', 'um', 'or', 'fn', 'df'].map(
  (name) => `sg-${name}`,
) as [string, string, string, string, string];
const DATABASE = 'sg-0a1b2c3d4e5f60718';
const INTERNAL = [2049, 5432, 6379, 8123, 9000, 9001];
const groups: readonly ObservedGroup[] = [
  {
    id: LOAD_BALANCER,
    name: 'load balancer',
    ingress: [tcp(443, { PrefixListIds: [{ PrefixListId: 'pl-3b927c52' }] })],
    egress: [
      tcp(3000, group(UMAMI)),
      ...[8000, 8080, 9001].map((port) => tcp(port, group(OPENREPLAY))),
      all(block('127.0.0.1/32')),
    ],
  },
  {
    id: UMAMI,
    name: 'Umami',
    ingress: [tcp(3000, group(LOAD_BALANCER)), tcp(3000, group(FUNCTIONS))],
    egress: [tcp(443, block('0.0.0.0/0')), tcp(5432, group(DATABASE))],
  },
  {
    id: OPENREPLAY,
    name: 'OpenReplay',
    ingress: [
      tcp(8080, group(FUNCTIONS)),
      ...[8000, 8080, 9001].map((port) => tcp(port, group(LOAD_BALANCER))),
      ...INTERNAL.map((port) => tcp(port, group(OPENREPLAY))),
    ],
    egress: [
      ...INTERNAL.map((port) => tcp(port, group(OPENREPLAY))),
      ...[443, 587].map((port) => tcp(port, block('0.0.0.0/0'))),
    ],
  },
  {
    id: FUNCTIONS,
    name: 'functions',
    ingress: [],
    egress: [tcp(3000, group(UMAMI)), tcp(8080, group(OPENREPLAY)), all(block('127.0.0.1/32'))],
  },
  {
    id: DATABASE_FUNCTION,
    name: 'database function',
    ingress: [],
    egress: [tcp(443, block('0.0.0.0/0')), tcp(5432, group(DATABASE))],
  },
  {
    id: DATABASE,
    name: 'database',
    ingress: [tcp(5432, group('sg-application')), tcp(5432, group(DATABASE_FUNCTION)), tcp(5432, group(UMAMI))],
    egress: [all(block('0.0.0.0/0'))],
  },
];
const withIngress = (name: string, change: (rules: readonly IpPermission[]) => readonly IpPermission[]) =>
  groups.map((one) => (one.name === name ? { ...one, ingress: change(one.ingress) } : one));
const ssh = tcp(22, block('0.0.0.0/0'));
const known = { ...expectedStage(), existingDatabaseRules: ['in from sg-application: 5432', 'out to 0.0.0.0/0: all'] };

testCriterion(
  securityGroups,
  groups,
  {
    "Umami's group lets everybody in": {
      observed: withIngress('Umami', (rules) => [...rules, ssh]),
      says: ['Umami has in from 0.0.0.0/0: 22 too'],
    },
    "Umami's group does not let the load balancer in": {
      observed: withIngress('Umami', (rules) => rules.slice(1)),
      says: ['Umami lacks in from load balancer: 3000'],
    },
    'the database lets everybody in': {
      observed: withIngress('database', (rules) => [...rules, ssh]),
      says: ['database has in from 0.0.0.0/0: 22 too'],
    },
    'a rule of the application is gone': {
      observed: withIngress('database', (rules) => rules.slice(1)),
      says: ['database lacks in from sg-application: 5432'],
    },
    'the database does not let Umami in': {
      observed: withIngress('database', (rules) => rules.slice(0, 2)),
      says: ['database lacks in from Umami: 5432'],
    },
    'where the rules of before are not known, those of the foundation are compared all the same': {
      observed: withIngress('database', (rules) => [...rules.slice(0, 2), ssh]),
      expected: expectedStage(),
      says: ['database lacks in from Umami: 5432'],
    },
    'a rule for IPv6': {
      observed: withIngress('functions', () => [tcp(80, { Ipv6Ranges: [{ CidrIpv6: '::/0' }] })]),
      says: ['functions has in from ::/0: 80 too'],
    },
  },
  known,
);

test('the rules that the application adds to the group of its database are no failure where they are not known', () => {
  const observed = withIngress('database', (rules) => [...rules, tcp(5432, group('sg-later'))]);
  expect(securityGroups.evaluate(observed, expectedStage()).wrong).toEqual([]);
});
