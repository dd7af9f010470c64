import type { PrivateSubnet, PublicSubnet } from 'aws-cdk-lib/aws-ec2';

/**
 * How the private subnets reach the internet: for container images, and for the APIs of AWS.
 *
 * @example
 * Nat.singleGateway();
 * Nat.existingGateway('nat-0123456789abcdef0');
 */
export abstract class Nat {
  /**
   * One NAT gateway for both Availability Zones: $36.50 a month ($32.85 and $3.65 for its public address, us-east-1)
   * and $0.045 per GB. While its Availability Zone is down, the other one has no way out.
   */
  static singleGateway(): Nat {
    return new SingleGateway();
  }

  /**
   * A NAT gateway of the VPC that exists already: $0 a month, $0.045 per GB.
   *
   * @param natGatewayId id of the gateway, which must lie in the same VPC
   */
  static existingGateway(natGatewayId: string): Nat {
    return new ExistingGateway(natGatewayId);
  }

  /**
   * Adds the default routes.
   *
   * @internal
   */
  abstract _route(publicSubnets: readonly PublicSubnet[], privateSubnets: readonly PrivateSubnet[]): void;
}

class SingleGateway extends Nat {
  _route([first]: readonly PublicSubnet[], privateSubnets: readonly PrivateSubnet[]): void {
    const gateway = first?.addNatGateway();
    for (const subnet of privateSubnets) if (gateway) subnet.addDefaultNatRoute(gateway.ref);
  }
}

class ExistingGateway extends Nat {
  constructor(private readonly natGatewayId: string) {
    super();
  }

  _route(_: readonly PublicSubnet[], privateSubnets: readonly PrivateSubnet[]): void {
    for (const subnet of privateSubnets) subnet.addDefaultNatRoute(this.natGatewayId);
  }
}
