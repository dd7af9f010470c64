import { checkProps, type Rules, text } from '@user-metrics/tagging/props';
import { type ISubnet, type IVpc, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Annotations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { overlaps } from './cidr';
import { knownBlocks } from './known-blocks';
import type { INetwork } from './network';
import { NetworkError } from './network-error';
import { CIDR_BLOCK, ec2Id, VPC_ID } from './prop-rules';

/** A subnet that exists. */
export interface ExistingSubnet {
  /** Id of the subnet. */
  readonly subnetId: string;
  /** Its IPv4 CIDR block. */
  readonly cidrBlock: string;
  /** Its Availability Zone. */
  readonly availabilityZone: string;
}

/** Props of {@link ExistingNetwork}. */
export interface ExistingNetworkProps {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Subnets for the load balancer, one in each Availability Zone. */
  readonly publicSubnets: readonly ExistingSubnet[];
  /** Subnets for the tasks, with egress to the internet or to VPC endpoints, one in each Availability Zone. */
  readonly privateSubnets: readonly ExistingSubnet[];
}

const SUBNET: Rules<ExistingSubnet> = {
  subnetId: ec2Id('subnet', 'describe-subnets'),
  cidrBlock: { ...CIDR_BLOCK, fix: 'Find it with: aws ec2 describe-subnets' },
  availabilityZone: text('an Availability Zone such as us-east-1a', 'Find it with: aws ec2 describe-subnets'),
};

const SUBNETS = {
  must: 'at least one subnet with its id, CIDR block and Availability Zone',
  fix: 'Find them with: aws ec2 describe-subnets',
  accepts: (subnets: unknown) => Array.isArray(subnets) && subnets.length > 0,
};

const RULES: Rules<ExistingNetworkProps> = { vpcId: VPC_ID, publicSubnets: SUBNETS, privateSubnets: SUBNETS };

/**
 * Subnets that exist already. Nothing is created or changed; where they differ from two public /27 and two private /26
 * in two Availability Zones, synth says so.
 *
 * @example
 * new ExistingNetwork(stack, 'Network', {
 *   vpcId: 'vpc-0123456789abcdef0',
 *   publicSubnets: [
 *     { subnetId: 'subnet-0a', cidrBlock: '10.40.250.0/27', availabilityZone: 'us-east-1a' },
 *     { subnetId: 'subnet-0b', cidrBlock: '10.40.250.32/27', availabilityZone: 'us-east-1b' },
 *   ],
 *   privateSubnets: [
 *     { subnetId: 'subnet-0c', cidrBlock: '10.40.250.64/26', availabilityZone: 'us-east-1a' },
 *     { subnetId: 'subnet-0d', cidrBlock: '10.40.250.128/26', availabilityZone: 'us-east-1b' },
 *   ],
 * });
 */
export class ExistingNetwork extends Construct implements INetwork {
  readonly vpc: IVpc;
  readonly cidrBlocks: readonly string[];
  readonly publicSubnets: readonly ISubnet[];
  readonly privateSubnets: readonly ISubnet[];
  /** In what the subnets differ from the shape that the foundation would have made; empty when in nothing. */
  readonly differences: readonly string[];

  /** @throws NetworkError when two subnets share an address, or a CIDR block is none */
  constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    const { publicSubnets, privateSubnets } = props;
    for (const subnet of [...publicSubnets, ...privateSubnets]) checkProps(subnet, SUBNET, NetworkError);
    const zones = new Set([...publicSubnets, ...privateSubnets].map(({ availabilityZone }) => availabilityZone));
    this.cidrBlocks = [...publicSubnets, ...privateSubnets].map(({ cidrBlock }) => cidrBlock);
    this.publicSubnets = publicSubnets.map((subnet) => importSubnet(this, subnet));
    this.privateSubnets = privateSubnets.map((subnet) => importSubnet(this, subnet));
    const view = Vpc.fromVpcAttributes(this, 'View', { vpcId: props.vpcId, availabilityZones: [...zones] });
    // As attributes they would have to lie in the same zones, each kind with as many as the other.
    this.vpc = Object.assign(view, {
      publicSubnets: [...this.publicSubnets],
      privateSubnets: [...this.privateSubnets],
    });
    const all = [...publicSubnets, ...privateSubnets];
    requireSeparateBlocks(all);
    this.differences = [
      ...differences('public', publicSubnets, 27),
      ...differences('private', privateSubnets, 26),
      ...scattered(all),
    ];
    for (const difference of this.differences) Annotations.of(this).addInfo(difference);
  }
}

/**
 * A subnet that exists, to place something in it.
 *
 * @param scope construct that uses it
 */
export function importSubnet(
  scope: Construct,
  { subnetId, cidrBlock, availabilityZone }: Omit<ExistingSubnet, 'cidrBlock'> & Partial<ExistingSubnet>,
): ISubnet {
  const attributes = { subnetId, ipv4CidrBlock: cidrBlock, availabilityZone };
  const subnet = Subnet.fromSubnetAttributes(scope, subnetId, attributes);
  Annotations.of(subnet).acknowledgeWarning(
    '@aws-cdk/aws-ec2:noSubnetRouteTableId',
    'No route is added to subnets that exist.',
  );
  return subnet;
}

function differences(kind: string, subnets: readonly ExistingSubnet[], prefixLength: number): string[] {
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  const count =
    subnets.length === 2 && zones.size === 2
      ? []
      : [`${subnets.length} ${kind} subnets in ${zones.size} Availability Zones instead of 2 in 2`];
  const sizes = subnets
    .filter(({ cidrBlock }) => !cidrBlock.endsWith(`/${prefixLength}`))
    .map(({ subnetId, cidrBlock }) => `${kind} subnet ${subnetId} is ${cidrBlock} instead of a /${prefixLength}`);
  return [...count, ...sizes];
}

/** The foundation's own four would lie in one /24. */
function scattered(subnets: readonly ExistingSubnet[]): string[] {
  const blocks = new Set(subnets.map(({ cidrBlock }) => cidrBlock.replace(/\.\d+\/.*$/, '.0/24')));
  return blocks.size === 1 ? [] : [`the subnets lie in ${[...blocks].join(', ')} instead of one /24`];
}

/** What EC2 would not have: somebody copied a line. */
function requireSeparateBlocks(subnets: readonly ExistingSubnet[]): void {
  const blocks = subnets.map(({ cidrBlock }) => cidrBlock);
  const known = knownBlocks('cidrBlock', blocks, 'aws ec2 describe-subnets');
  for (const [index, one] of known.entries()) {
    const other = known.slice(index + 1).find((each) => overlaps(one, each));
    if (!other) continue;
    throw new NetworkError(
      `\`cidrBlock\` must differ from subnet to subnet, got: ${one} and ${other}. Find them with: aws ec2 describe-subnets`,
    );
  }
}
