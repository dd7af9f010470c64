import { checkValue } from '@user-metrics/tagging/props';
import type { PrivateSubnet, PublicSubnet } from 'aws-cdk-lib/aws-ec2';
import { NetworkError } from './network-error';
import { ec2Id } from './prop-rules';

/** The subnets that `Nat` routes. */
interface Subnets {
  readonly publicSubnets: readonly PublicSubnet[];
  readonly privateSubnets: readonly PrivateSubnet[];
}

/**
 * How the private subnets reach the internet: for container images, and for the APIs of AWS. Prices are those of
 * us-east-1 for a month of 730 hours (Amazon VPC and EC2 pricing pages, 2026); traffic between Availability Zones is
 * $0.01 per GB each way besides.
 *
 * @example
 * Nat.singleGateway();
 * Nat.existingGateway('nat-0123456789abcdef0');
 */
export abstract class Nat {
  /**
   * One NAT gateway for both Availability Zones: $36.50 a month ($32.85 and $3.65 for its public address) and $0.045 per
   * GB. While its Availability Zone is down, the other one has no egress.
   */
  static singleGateway(): Nat {
    return new Gateways(1);
  }

  /**
   * A NAT gateway in each Availability Zone: $73.00 a month (two of $32.85 and two addresses of $3.65) and $0.045 per GB.
   * Each zone keeps its egress while the other one is down. Half of a budget of $150: for stages that must not lose a
   * zone.
   */
  static gatewayPerZone(): Nat {
    return new Gateways(2);
  }

  /**
   * A NAT gateway of the VPC that exists already: $0 a month, $0.045 per GB.
   *
   * @param natGatewayId id of the gateway, which must lie in the same VPC
   * @throws NetworkError for what is no id of a NAT gateway
   */
  static existingGateway(natGatewayId: string): Nat {
    checkValue('natGatewayId', natGatewayId, ec2Id('nat', 'describe-nat-gateways'), NetworkError);
    return new ExistingGateway(natGatewayId);
  }

  /**
   * No egress: $0 a month. Only S3 is reached, through the gateway endpoint. Images and the APIs of AWS then need
   * interface endpoints of your own ($7.30 a month for each in each Availability Zone), and images on public.ecr.aws
   * cannot be pulled at all.
   */
  static none(): Nat {
    return new NoWayOut();
  }

  /**
   * Adds the default routes.
   *
   * @internal
   */
  abstract _route(subnets: Subnets): void;
}

class Gateways extends Nat {
  constructor(private readonly count: 1 | 2) {
    super();
  }

  _route({ publicSubnets, privateSubnets }: Subnets): void {
    const gateways = publicSubnets.slice(0, this.count).map((subnet) => subnet.addNatGateway().ref);
    for (const [zone, subnet] of privateSubnets.entries()) {
      subnet.addDefaultNatRoute(gateways[zone % gateways.length] as string);
    }
  }
}

class ExistingGateway extends Nat {
  constructor(private readonly natGatewayId: string) {
    super();
  }

  _route({ privateSubnets }: Subnets): void {
    for (const subnet of privateSubnets) subnet.addDefaultNatRoute(this.natGatewayId);
  }
}

class NoWayOut extends Nat {
  _route(): void {}
}
