import { availabilityZones } from '../../../src/preflight/network/availability-zones';
import { block } from '../../../src/preflight/network/block';
import { existingSubnets } from '../../../src/preflight/network/existing-subnets';
import { gateways } from '../../../src/preflight/network/gateways';
import { prefixList } from '../../../src/preflight/network/prefix-list';
import { functionSubnet, inOwnVpc, peering } from '../modes';
import { planned, testCheck, VPC } from './planned';

const ZONE = 'eu-central-1a';
const zone = (letter: string, isAvailable = true) => ({ name: `eu-central-1${letter}`, isAvailable });

testCheck(availabilityZones, [
  ['both exist', [zone('a'), zone('b')], ['ok']],
  ['one is not there for this account', [zone('a'), zone('c')], ['failure: eu-central-1b is no available zone']],
  ['one is impaired', [zone('a'), zone('b', false)], ['failure: eu-central-1b is no available zone']],
]);

const free = { vpcBlocks: ['10.40.0.0/16'], subnets: [], peered: [] };
const subnet = (cidr: string, isOwn = false) => ({ id: 'subnet-1', vpcId: VPC, cidr, zone: ZONE, isOwn });
const added = planned(({ network }) => Object.assign(network, { addBlock: true, block: '10.41.0.0/24' }));
const ownVpc = planned(inOwnVpc({ peering }));
const peered = (cidr: string) => ({
  ...free,
  peered: [{ connection: 'pcx-1', vpcId: 'vpc-2', cidrs: ['10.0.0.0/16', cidr] }],
});

testCheck(block, [
  ['free', free, ['ok']],
  ['beside other subnets', { ...free, subnets: [subnet('10.40.251.0/24')] }, ['ok']],
  ['taken by the subnets of the stage itself', { ...free, subnets: [subnet('10.40.250.64/26', true)] }, ['ok']],
  [
    'taken in part',
    { ...free, subnets: [subnet('10.40.250.128/28')] },
    ['failure: 10.40.250.0/24 overlaps subnet subnet-1 (10.40.250.128/28)'],
  ],
  [
    'outside of the VPC, whose blocks the configuration has wrong',
    { ...free, vpcBlocks: ['10.30.0.0/16'] },
    [
      `warning: ${VPC} has 10.30.0.0/16, and the configuration says 10.40.0.0/16`,
      `failure: 10.40.250.0/24 lies outside 10.30.0.0/16 of ${VPC}`,
    ],
  ],
  [
    'a secondary block that the configuration does not know',
    { ...free, vpcBlocks: ['10.40.0.0/16', '10.42.0.0/16'] },
    [`warning: ${VPC} has 10.40.0.0/16, 10.42.0.0/16, and the configuration says 10.40.0.0/16`],
  ],
  ['no such VPC', { ...free, vpcBlocks: [] }, [`failure: There is no ${VPC} in eu-central-1`]],
  ['to be added', free, ['ok'], added],
  ['added already', { ...free, vpcBlocks: ['10.40.0.0/16', '10.41.0.0/24'] }, ['ok'], added],
  [
    'to be added, and used by a peered VPC in its secondary block',
    peered('10.41.0.0/16'),
    [`failure: 10.41.0.0/24 overlaps 10.0.0.0/16, 10.41.0.0/16 of vpc-2, which ${VPC} is peered with (pcx-1)`],
    added,
  ],
  ['of a new VPC', free, ['ok'], ownVpc],
  [
    'of a new VPC, inside a block of the database that the configuration does not know',
    { ...free, vpcBlocks: ['10.40.0.0/16', '10.41.0.0/16'] },
    [
      `warning: ${VPC} has 10.40.0.0/16, 10.41.0.0/16, and the configuration says 10.40.0.0/16`,
      `failure: 10.41.0.0/24 overlaps 10.41.0.0/16 of ${VPC}: the two VPCs cannot be peered`,
    ],
    ownVpc,
  ],
  [
    'of a new VPC, used by another VPC that the database is peered with',
    peered('10.41.0.0/20'),
    [`failure: 10.41.0.0/24 overlaps 10.0.0.0/16, 10.41.0.0/20 of vpc-2, which ${VPC} is peered with (pcx-1)`],
    ownVpc,
  ],
  ['of a new VPC that is not peered', peered('10.41.0.0/20'), ['ok'], planned(inOwnVpc())],
]);

const NAT = 'nat-0123456789abcdef0';
const shared = planned(({ network }) => Object.assign(network, { natGatewayId: NAT }));
const nat = { vpcId: VPC, state: 'available', connectivity: 'public' };

testCheck(gateways, [
  ['the internet gateway is attached', { attachedTo: [VPC] }, ['ok']],
  ['there is none', {}, ['failure: There is no igw-0a1b2c3d4e5f60718']],
  ['it is detached', { attachedTo: [] }, ['failure: igw-0a1b2c3d4e5f60718 is attached to no VPC']],
  ['a shared NAT gateway works', { attachedTo: [VPC], nat }, ['ok'], shared],
  ['there is no NAT gateway', { attachedTo: [VPC] }, [`failure: There is no ${NAT}`], shared],
  [
    'it is of another VPC',
    { attachedTo: [VPC], nat: { ...nat, vpcId: 'vpc-2' } },
    [`failure: ${NAT} is in vpc-2, not in ${VPC}`],
    shared,
  ],
  ['it is deleted', { attachedTo: [VPC], nat: { ...nat, state: 'deleted' } }, [`failure: ${NAT} is deleted`], shared],
  [
    'it is a private one',
    { attachedTo: [VPC], nat: { ...nat, connectivity: 'private' } },
    [`failure: ${NAT} is private: it does not lead to the internet`],
    shared,
  ],
]);

testCheck(prefixList, [
  ['that of CloudFront', { name: 'com.amazonaws.global.cloudfront.origin-facing' }, ['ok']],
  [
    'of another service',
    { name: 'com.amazonaws.eu-central-1.s3' },
    ['failure: pl-3b927c52 is com.amazonaws.eu-central-1.s3'],
  ],
  ['of another Region', {}, ['failure: There is no pl-3b927c52 in eu-central-1']],
]);

const named = { id: functionSubnet.subnetId, vpcId: VPC, cidr: '10.40.1.0/24', zone: ZONE, isOwn: false };
testCheck(existingSubnets, [
  ['there', [named], ['ok'], ownVpc],
  [
    'in another zone',
    [{ ...named, zone: 'eu-central-1b' }],
    [`failure: ${named.id} is in eu-central-1b, and the configuration says ${ZONE}`],
    ownVpc,
  ],
  ['in another VPC', [{ ...named, vpcId: 'vpc-2' }], [`failure: There is no ${named.id} in ${VPC}`], ownVpc],
]);
