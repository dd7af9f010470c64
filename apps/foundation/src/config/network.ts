import { cidrProblem, contains, isPrivateBlock, mostLoadBalancerBlocks, overlaps } from '@user-metrics/network';
import { z } from 'zod';
import { across, expectation, list, object, oneOf, type Report, text, type Unchecked } from './expectations';
import {
  availabilityZone,
  internetGatewayId,
  natGatewayId,
  prefixListId,
  routeTableId,
  subnetId,
  vpcId,
} from './identifiers';

const cidrBlock = text(
  'must be the address of an IPv4 network such as 10.40.0.0/16, without host bits',
  'Find it with: aws ec2 describe-vpcs (or describe-subnets)',
  (block) => cidrProblem(block) === undefined,
);

const isCidr = (value: unknown): value is string => typeof value === 'string' && cidrProblem(value) === undefined;

const block = text(
  'must be the address of a private /24 such as 10.40.250.0/24, without host bits',
  'Choose a /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 that no subnet uses',
  (candidate) => isCidr(candidate) && candidate.endsWith('/24') && isPrivateBlock(candidate),
);

const availabilityZones = list(
  availabilityZone,
  'must be two Availability Zones',
  "Give two of the Region, such as ['us-east-1a', 'us-east-1b']",
  { min: 2, max: 2 },
).refine(([first, second]) => first !== second, {
  error: expectation('must be two different Availability Zones', 'Name another one as second'),
});

/** How the tasks reach the internet; the prices are in the doc comments of `Nat`. */
const nat = oneOf(['singleGateway', 'gatewayPerZone', 'instance', 'none'], "Leave it out for 'singleGateway'");

const switchedOff = z.boolean({ error: expectation('must be true or false', 'Leave it out for false') }).default(false);

const loadBalancer = across(
  object(
    {
      /** Id of `com.amazonaws.global.cloudfront.origin-facing` in the Region: who comes through CloudFront. */
      cloudFrontPrefixListId: prefixListId.optional(),
      /** CIDR blocks that reach the load balancer directly. */
      cidrBlocks: list(cidrBlock, 'must be a list of CIDR blocks', "Give for example ['203.0.113.0/24']", {
        min: 1,
      }).optional(),
    },
    'must say who reaches the load balancer',
    "Give { cloudFrontPrefixListId: 'pl-…' } or { cidrBlocks: ['203.0.113.0/24'] }",
  ),
  ({ cloudFrontPrefixListId, cidrBlocks }, report) => {
    const most = mostLoadBalancerBlocks(cloudFrontPrefixListId !== undefined);
    if (Array.isArray(cidrBlocks) && cidrBlocks.length > most) {
      report(
        ['cidrBlocks'],
        `${cidrBlocks.length} blocks`,
        `must be at most ${most} blocks`,
        'A security group has 60 rules, of which CloudFront counts for 55: join neighbouring blocks',
      );
    }
    if (cloudFrontPrefixListId !== undefined || cidrBlocks !== undefined) return;
    report(
      [],
      {},
      'must name the prefix list of CloudFront or CIDR blocks',
      'Find the list with: aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing',
    );
  },
);

const inside = across(
  object({
    mode: z.literal('inside'),
    vpcId,
    /** All IPv4 CIDR blocks of the VPC, secondary ones too. */
    vpcCidrBlocks: list(cidrBlock, 'must be the CIDR blocks of the VPC', 'Find them with: aws ec2 describe-vpcs', {
      min: 1,
    }),
    /** A /24 of the VPC that no subnet uses; with `addBlock`, one outside of it. */
    block,
    /** Whether the block is added to the VPC as a secondary CIDR block. @default false */
    addBlock: switchedOff,
    availabilityZones,
    internetGatewayId,
    /** A NAT gateway of the VPC to share. @default - see `nat` */
    natGatewayId: natGatewayId.optional(),
    /** What is created for the way out, unless a gateway is shared. @default 'singleGateway' */
    nat: nat.optional(),
    /** Whether rejected traffic of the subnets is logged for a week. @default false */
    flowLogs: switchedOff,
    loadBalancer,
  }),
  (network, report) => {
    requirePlace(network, report);
    if (network.natGatewayId === undefined || network.nat === undefined) return;
    report(
      ['nat'],
      network.nat,
      'must be left out beside natGatewayId',
      'Keep natGatewayId to share that gateway, or nat to create something',
    );
  },
);

/** The block lies inside the VPC, or, when it is to be added, wholly outside. */
function requirePlace(
  { block: own, vpcCidrBlocks, addBlock }: Unchecked<{ block: string; vpcCidrBlocks: string[]; addBlock: boolean }>,
  report: Report,
): void {
  if (!isCidr(own) || !Array.isArray(vpcCidrBlocks)) return;
  const known = vpcCidrBlocks.filter(isCidr);
  const colliding = known.find((taken) => overlaps(taken, own));
  if (addBlock === true && colliding) {
    report(
      ['block'],
      own,
      `must not overlap with ${colliding}, which the VPC has already`,
      'Choose a /24 outside vpcCidrBlocks, or leave addBlock out',
    );
  }
  if (addBlock === true || known.some((outer) => contains(outer, own))) return;
  report(
    ['block'],
    own,
    'must lie inside the VPC',
    'Choose a free /24 of vpcCidrBlocks, or set addBlock to add it as a secondary CIDR block',
  );
}

const ownNetwork = across(
  object({
    mode: z.literal('new'),
    /** The /24 of the new VPC. */
    block,
    availabilityZones,
    /** The database's side, when it is to be reached through a peering connection. @default - no peering */
    peering: object(
      {
        /** All IPv4 CIDR blocks of the database's VPC, secondary ones too. */
        vpcCidrBlocks: list(
          cidrBlock,
          "must be the CIDR blocks of the database's VPC",
          'Find them with: aws ec2 describe-vpcs',
          { min: 1 },
        ),
        /** Route tables of exactly the subnets of the database. */
        routeTableIds: list(
          routeTableId,
          "must be the route tables of the database's subnets",
          'Find them with: aws ec2 describe-route-tables',
          { min: 1 },
        ),
      },
      'must describe the VPC of the database',
      'Give { vpcCidrBlocks: [...], routeTableIds: [...] }',
    ).optional(),
    /** What is created for the way out. @default 'singleGateway' */
    nat: nat.optional(),
    /** Whether rejected traffic of the subnets is logged for a week. @default false */
    flowLogs: switchedOff,
    loadBalancer,
  }),
  ({ block: own, peering }, report) => {
    const others = (peering as { vpcCidrBlocks?: unknown } | undefined)?.vpcCidrBlocks;
    if (!isCidr(own) || !Array.isArray(others)) return;
    for (const other of others.filter(isCidr)) {
      if (!overlaps(own, other)) continue;
      report(
        ['block'],
        own,
        `must not overlap with ${other}, which it is peered with`,
        'Choose a /24 outside peering.vpcCidrBlocks',
      );
    }
  },
);

const existingSubnet = object({ subnetId, cidrBlock, availabilityZone });
const existingSubnets = list(
  existingSubnet,
  'must be at least one subnet',
  'Give [{ subnetId, cidrBlock, availabilityZone }, …]',
  { min: 1 },
);

const existing = object({
  mode: z.literal('existing'),
  vpcId,
  publicSubnets: existingSubnets,
  privateSubnets: existingSubnets,
  loadBalancer,
});

/** Where the tasks run. */
export const networkSchema = z.discriminatedUnion('mode', [inside, ownNetwork, existing], {
  error: expectation(
    "must have a mode: 'inside', 'new' or 'existing'",
    "Take 'inside' for a free /24 of the application's VPC",
  ),
});
