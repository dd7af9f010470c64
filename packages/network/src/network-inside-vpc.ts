import { applyComponentTags } from '@user-metrics/tagging';
import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { contains } from './cidr';
import { FourSubnets } from './four-subnets';
import { knownBlocks } from './known-blocks';
import { Nat } from './nat';
import type { INetwork } from './network';
import { NetworkError } from './network-error';

/** Props of {@link NetworkInsideVpc}. */
export interface NetworkInsideVpcProps {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** All IPv4 CIDR blocks of the VPC, secondary ones too. */
  readonly vpcCidrBlocks: readonly string[];
  /** A /24 inside one of them that no subnet uses. */
  readonly block: string;
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
}

/**
 * Four subnets in a free /24 of the application's VPC. Nothing that exists is changed: the subnets have route tables
 * of their own.
 *
 * @example
 * new NetworkInsideVpc(stack, 'Network', {
 *   vpcId: 'vpc-0123456789abcdef0',
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

  /** @throws NetworkError when the block is no /24 of the VPC, or there are not two Availability Zones */
  constructor(scope: Construct, id: string, props: NetworkInsideVpcProps) {
    super(scope, id);
    applyComponentTags(this, 'network');
    const subnets = new FourSubnets(this, 'Subnets', { ...props, nat: props.nat ?? Nat.singleGateway() });
    const known = knownBlocks('vpcCidrBlocks', props.vpcCidrBlocks);
    const allKnown = known.length === props.vpcCidrBlocks.length;
    if (allKnown && !known.some((cidr) => contains(cidr, props.block))) {
      throw new NetworkError(
        `\`block\` must lie inside the VPC (${props.vpcCidrBlocks.join(', ')}), got: ${props.block}.` +
          ' Choose a free /24 of the VPC, or add a secondary CIDR block to it first.',
      );
    }
    this.vpc = subnets.vpc;
    this.cidrBlocks = subnets.cidrBlocks;
    this.publicSubnets = subnets.publicSubnets;
    this.privateSubnets = subnets.privateSubnets;
  }
}
