import { checkProps, listOf, objectWith, type Rules } from '@user-metrics/tagging/props';
import type { PublishedContractProps } from '@user-metrics/tagging/published';
import { type ISubnet, type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Annotations, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { overlaps } from './cidr';
import { knownBlocks } from './known-blocks';
import type { INetwork } from './network';
import { NetworkError } from './network-error';
import { replacedVpcId, VPC } from './prop-rules';
import { publishedVpc } from './published-network';

/** Props of {@link ExistingNetwork}. */
export interface ExistingNetworkProps {
  /** The VPC. */
  readonly vpc: IVpc;
  /** Subnets for the load balancer, one in each Availability Zone, each with its CIDR block. */
  readonly publicSubnets: readonly ISubnet[];
  /**
   * Subnets for the tasks, with egress to the internet or to VPC endpoints, one in each Availability Zone, each with its
   * CIDR block.
   */
  readonly privateSubnets: readonly ISubnet[];
}

const SUBNET = listOf(
  objectWith(
    'ipv4CidrBlock',
    'a list of at least one subnet',
    'Give Subnet.fromSubnetAttributes(this, …, { subnetId, ipv4CidrBlock, availabilityZone }). Find them with: aws ec2 describe-subnets',
  ),
);

const SUBNETS = {
  ...SUBNET,
  accepts: (subnets: unknown) => SUBNET.accepts(subnets) && (subnets as readonly unknown[]).length > 0,
};

const RULES: Rules<ExistingNetworkProps & { readonly vpcId?: never }> = {
  vpcId: replacedVpcId('vpc'),
  vpc: VPC,
  publicSubnets: SUBNETS,
  privateSubnets: SUBNETS,
};

/**
 * Subnets that exist already. Nothing is created or changed; where they differ from two public /27 and two private /26
 * in two Availability Zones, synth says so.
 *
 * @example
 * const subnet = (subnetId: string, ipv4CidrBlock: string, availabilityZone: string) =>
 *   Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, ipv4CidrBlock, availabilityZone });
 * new ExistingNetwork(stack, 'Network', {
 *   vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'] }),
 *   publicSubnets: [subnet('subnet-0a', '10.40.250.0/27', 'us-east-1a'), subnet('subnet-0b', '10.40.250.32/27', 'us-east-1b')],
 *   privateSubnets: [subnet('subnet-0c', '10.40.250.64/26', 'us-east-1a'), subnet('subnet-0d', '10.40.250.128/26', 'us-east-1b')],
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
    const publicSubnets = props.publicSubnets.map((subnet) => known('publicSubnets', subnet));
    const privateSubnets = props.privateSubnets.map((subnet) => known('privateSubnets', subnet));
    const all = [...publicSubnets, ...privateSubnets];
    this.cidrBlocks = all.map(({ cidrBlock }) => cidrBlock);
    this.publicSubnets = props.publicSubnets;
    this.privateSubnets = props.privateSubnets;
    const view = Vpc.fromVpcAttributes(this, 'View', {
      vpcId: props.vpc.vpcId,
      availabilityZones: [...new Set(all.map(({ availabilityZone }) => availabilityZone))],
    });
    // As attributes they would have to lie in the same zones, each kind with as many as the other.
    this.vpc = Object.assign(view, {
      publicSubnets: [...this.publicSubnets],
      privateSubnets: [...this.privateSubnets],
    });
    requireSeparateBlocks(all);
    for (const subnet of [...this.publicSubnets, ...this.privateSubnets])
      Annotations.of(subnet).acknowledgeWarning(
        '@aws-cdk/aws-ec2:noSubnetRouteTableId',
        'No route is added to subnets that exist.',
      );
    this.differences = [
      ...differences('public', publicSubnets, 27),
      ...differences('private', privateSubnets, 26),
      ...scattered(all),
    ];
    for (const difference of this.differences) Annotations.of(this).addInfo(difference);
  }

  /**
   * The VPC that a deployed stage of the foundation publishes, with the first two of its public and of its private subnets.
   * Their Availability Zones and CIDR blocks are not known.
   *
   * @throws NetworkError for what is no stage name, and at synth when a template takes an Availability Zone from it
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IVpc {
    return publishedVpc(scope, id, props);
  }
}

/** What is read of a subnet. */
interface KnownSubnet {
  readonly subnetId: string;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
}

/** An imported subnet throws for what was not given when it was imported. */
function known(prop: string, subnet: ISubnet): KnownSubnet {
  try {
    const { subnetId, ipv4CidrBlock, availabilityZone } = subnet;
    return { subnetId, cidrBlock: ipv4CidrBlock, availabilityZone };
  } catch {
    throw new NetworkError(
      `\`${prop}\` must have CIDR blocks and Availability Zones, got: ${subnet.subnetId} without. ${SUBNET.fix}`,
    );
  }
}

function differences(kind: string, subnets: readonly KnownSubnet[], prefixLength: number): string[] {
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  const count =
    subnets.length === 2 && zones.size === 2
      ? []
      : [`${subnets.length} ${kind} subnets in ${zones.size} Availability Zones instead of 2 in 2`];
  const sizes = subnets
    .filter(({ cidrBlock }) => !Token.isUnresolved(cidrBlock) && !cidrBlock.endsWith(`/${prefixLength}`))
    .map(({ subnetId, cidrBlock }) => `${kind} subnet ${subnetId} is ${cidrBlock} instead of a /${prefixLength}`);
  return [...count, ...sizes];
}

/** The foundation's own four would lie in one /24. */
function scattered(subnets: readonly KnownSubnet[]): string[] {
  const known = subnets.filter(({ cidrBlock }) => !Token.isUnresolved(cidrBlock));
  const blocks = new Set(known.map(({ cidrBlock }) => cidrBlock.replace(/\.\d+\/.*$/, '.0/24')));
  return blocks.size <= 1 ? [] : [`the subnets lie in ${[...blocks].join(', ')} instead of one /24`];
}

/** What EC2 would not have: somebody copied a line. */
function requireSeparateBlocks(subnets: readonly KnownSubnet[]): void {
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
