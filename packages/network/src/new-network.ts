import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, optional, type Rules } from '@user-metrics/tagging/props';
import {
  CfnInternetGateway,
  CfnVPCGatewayAttachment,
  IpAddresses,
  type ISubnet,
  type IVpc,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FourSubnets } from './four-subnets';
import { Nat } from './nat';
import type { INetwork } from './network';
import { NetworkError } from './network-error';
import { AVAILABILITY_ZONES, CIDR_BLOCK, NAT } from './prop-rules';
import { subnetLayout } from './subnet-layout';

/** Props of {@link NewNetwork}. */
export interface NewNetworkProps {
  /** The VPC's CIDR block: a /24 that overlaps with nothing it is ever peered with. */
  readonly block: string;
  /** Two Availability Zones. */
  readonly availabilityZones: readonly string[];
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

const RULES: Rules<NewNetworkProps> = {
  block: CIDR_BLOCK,
  availabilityZones: AVAILABILITY_ZONES,
  nat: optional(NAT),
  flowLogs: optional(FLAG),
};

/**
 * A VPC of its own with four subnets. Its default security group is closed.
 *
 * @example
 * new NewNetwork(stack, 'Network', { block: '10.40.250.0/24', availabilityZones: ['us-east-1a', 'us-east-1b'] });
 */
export class NewNetwork extends Construct implements INetwork {
  readonly vpc: IVpc;
  readonly cidrBlocks: readonly string[];
  readonly publicSubnets: readonly ISubnet[];
  readonly privateSubnets: readonly ISubnet[];

  /** @throws NetworkError when the block is no /24, or there are not two Availability Zones */
  constructor(scope: Construct, id: string, props: NewNetworkProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    applyComponentTags(this, 'network');
    // Before the VPC is made of it: what is wrong with the block is said in our words.
    subnetLayout(props.block);
    const { vpcId } = withoutLookups(Stack.of(this), props.availabilityZones, () => this.emptyVpc(props));
    const internetGateway = new CfnInternetGateway(this, 'InternetGateway');
    const internetGatewayAttachment = new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
      vpcId,
      internetGatewayId: internetGateway.ref,
    });
    const subnets = new FourSubnets(this, 'Subnets', {
      vpcId,
      block: props.block,
      availabilityZones: props.availabilityZones,
      internetGatewayId: internetGateway.ref,
      internetGatewayAttachment,
      nat: props.nat ?? Nat.singleGateway(),
      flowLogs: props.flowLogs,
    });
    this.vpc = subnets.vpc;
    this.cidrBlocks = subnets.cidrBlocks;
    this.publicSubnets = subnets.publicSubnets;
    this.privateSubnets = subnets.privateSubnets;
  }

  private emptyVpc({ block, availabilityZones }: NewNetworkProps): Vpc {
    return new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(block),
      availabilityZones: [...availabilityZones],
      subnetConfiguration: [],
      natGateways: 0,
      restrictDefaultSecurityGroup: true,
    });
  }
}

/**
 * `Vpc` compares the zones that it is given with those of its stack, and in a stack with a known account that makes the CDK
 * do a context lookup there (aws-cdk-lib, `Stack.availabilityZones`). While it is made, the stack's are those that it is given.
 */
function withoutLookups<Made>(stack: Stack, zones: readonly string[], make: () => Made): Made {
  const own = Object.getOwnPropertyDescriptor(stack, 'availabilityZones');
  Object.defineProperty(stack, 'availabilityZones', { value: [...zones], configurable: true });
  try {
    return make();
  } finally {
    if (own) Object.defineProperty(stack, 'availabilityZones', own);
    else Reflect.deleteProperty(stack, 'availabilityZones');
  }
}
