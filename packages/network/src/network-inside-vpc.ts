import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, optional, type Rules } from '@user-metrics/tagging/props';
import { CfnVPCCidrBlock, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { contains, overlaps } from './cidr';
import { FourSubnets } from './four-subnets';
import { knownBlocks } from './known-blocks';
import { Nat } from './nat';
import type { INetwork } from './network';
import { NetworkError } from './network-error';
import { AVAILABILITY_ZONES, CIDR_BLOCK, CIDR_BLOCKS, ec2Id, NAT, replacedVpcId, VPC } from './prop-rules';
import { subnetLayout } from './subnet-layout';

/** Props of {@link NetworkInsideVpc}. */
export interface NetworkInsideVpcProps {
  /** The VPC. It is not changed, but for `addBlock`. */
  readonly vpc: IVpc;
  /** All IPv4 CIDR blocks of the VPC, secondary ones too. */
  readonly vpcCidrBlocks: readonly string[];
  /** A /24 inside one of them that no subnet uses; with `addBlock`, one outside all of them. */
  readonly block: string;
  /**
   * Whether the block is added to the VPC, as a secondary CIDR block: the one change to the VPC itself, for one that is
   * full. It goes with the stack. AWS does not take every range beside every other (VPC guide, "IPv4 CIDR block
   * association restrictions"), and VPCs that are peered with this one must not use the block either.
   *
   * @default false
   */
  readonly addBlock?: boolean;
  /** Two Availability Zones. */
  readonly availabilityZones: readonly string[];
  /** Id of the VPC's internet gateway. */
  readonly internetGatewayId: string;
  /**
   * How the private subnets reach the internet.
   *
   * @default Nat.singleGateway()
   */
  readonly nat?: Nat;
  /**
   * Whether traffic that a security group or network ACL rejects is logged, kept for a week: about
   * $0.13 a month with some 10,000 unsolicited connection attempts a day at each public address, and $0.50 per GB of what comes beyond (us-east-1).
   *
   * @default false
   */
  readonly flowLogs?: boolean;
}

const RULES: Rules<NetworkInsideVpcProps & { readonly vpcId?: never }> = {
  vpcId: replacedVpcId('vpc'),
  vpc: VPC,
  vpcCidrBlocks: CIDR_BLOCKS,
  block: CIDR_BLOCK,
  addBlock: optional(FLAG),
  availabilityZones: AVAILABILITY_ZONES,
  internetGatewayId: ec2Id('igw', 'describe-internet-gateways'),
  nat: optional(NAT),
  flowLogs: optional(FLAG),
};

/**
 * Four subnets in a free /24 of the application's VPC. Nothing that exists is changed, but for the CIDR block when
 * `addBlock` asks for it: the subnets have route tables of their own.
 *
 * @example
 * new NetworkInsideVpc(stack, 'Network', {
 *   vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'] }),
 *   vpcCidrBlocks: ['10.40.0.0/16'],
 *   block: '10.40.250.0/24',
 *   availabilityZones: ['us-east-1a', 'us-east-1b'],
 *   internetGatewayId: 'igw-0123456789abcdef0',
 * });
 */
export class NetworkInsideVpc extends Construct implements INetwork {
  readonly vpc: IVpc;
  readonly cidrBlocks: readonly string[];
  readonly publicSubnets: readonly ISubnet[];
  readonly privateSubnets: readonly ISubnet[];

  /** @throws NetworkError when the block is no /24 of the VPC (with `addBlock`: overlaps with it), or there are not two Availability Zones */
  constructor(scope: Construct, id: string, props: NetworkInsideVpcProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    applyComponentTags(this, 'network');
    // Before anything is made of it: what is wrong with the block is said in our words.
    subnetLayout(props.block);
    requirePlace(props);
    const secondary = props.addBlock
      ? new CfnVPCCidrBlock(this, 'Block', { vpcId: props.vpc.vpcId, cidrBlock: props.block })
      : undefined;
    const subnets = new FourSubnets(this, 'Subnets', {
      ...props,
      vpcId: props.vpc.vpcId,
      nat: props.nat ?? Nat.singleGateway(),
      blockOwner: secondary,
    });
    this.vpc = subnets.vpc;
    this.cidrBlocks = subnets.cidrBlocks;
    this.publicSubnets = subnets.publicSubnets;
    this.privateSubnets = subnets.privateSubnets;
  }
}

/** The block lies inside the VPC, or, when it is to be added, wholly outside. */
function requirePlace({ vpcCidrBlocks, block, addBlock = false }: NetworkInsideVpcProps): void {
  const known = knownBlocks('vpcCidrBlocks', vpcCidrBlocks);
  const colliding = known.find((cidr) => overlaps(cidr, block));
  if (addBlock && colliding) {
    throw new NetworkError(
      `\`block\` must not overlap with the VPC when it is added to it, got: ${block} (${colliding}).` +
        ' Choose a /24 outside the VPC, or leave `addBlock` out to use a part of it.',
    );
  }
  const allKnown = known.length === vpcCidrBlocks.length;
  if (!addBlock && allKnown && !known.some((cidr) => contains(cidr, block))) {
    throw new NetworkError(
      `\`block\` must lie inside the VPC (${vpcCidrBlocks.join(', ')}), got: ${block}.` +
        ' Choose a free /24 of the VPC, or set `addBlock` to add it as a secondary CIDR block.',
    );
  }
}
