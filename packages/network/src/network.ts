import type { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';

/** Where the tasks run: public subnets for the load balancer, private ones with egress for everything else. */
export interface INetwork {
  /** The VPC, with exactly the subnets of this network. */
  readonly vpc: IVpc;
  /** CIDR blocks of the network's subnets together: what others let in. */
  readonly cidrBlocks: readonly string[];
  /** One in each Availability Zone. */
  readonly publicSubnets: readonly ISubnet[];
  /** One in each Availability Zone. */
  readonly privateSubnets: readonly ISubnet[];
}
