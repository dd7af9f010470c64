import { type IVpc, type PrivateSubnet, type PublicSubnet, RouterType } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { NatInstance } from './nat-instance';

/** What a way out is made of. */
interface Surroundings {
  readonly scope: Construct;
  readonly vpc: IVpc;
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
   * GB. While its Availability Zone is down, the other one has no way out.
   */
  static singleGateway(): Nat {
    return new Gateways(1);
  }

  /**
   * A NAT gateway in each Availability Zone: $73.00 a month (two of $32.85 and two addresses of $3.65) and $0.045 per GB.
   * Each zone keeps its way out while the other one is down. Half of a budget of $150: for stages that must not lose a
   * zone.
   */
  static gatewayPerZone(): Nat {
    return new Gateways(2);
  }

  /**
   * An EC2 instance that forwards the traffic of both Availability Zones: $7.36 a month ($3.07 for a t4g.nano, $3.65 for
   * its public address, $0.64 for its disk) and nothing per GB. It is slower than a gateway, and yours to look after: a
   * deployment replaces it when Amazon Linux has a newer image, which cuts the way out for a minute or two.
   */
  static instance(): Nat {
    return new Instance();
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
   * No way out: $0 a month. Only S3 is reached, through the gateway endpoint. Images and the APIs of AWS then need
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
  abstract _route(surroundings: Surroundings): void;
}

class Gateways extends Nat {
  constructor(private readonly count: 1 | 2) {
    super();
  }

  _route({ publicSubnets, privateSubnets }: Surroundings): void {
    const gateways = publicSubnets.slice(0, this.count).map((subnet) => subnet.addNatGateway().ref);
    for (const [zone, subnet] of privateSubnets.entries()) {
      subnet.addDefaultNatRoute(gateways[zone % gateways.length] as string);
    }
  }
}

class Instance extends Nat {
  _route({ scope, vpc, publicSubnets, privateSubnets }: Surroundings): void {
    const { instanceId } = new NatInstance(scope, 'NatInstance', {
      vpc,
      subnet: publicSubnets[0] as PublicSubnet,
      clients: privateSubnets,
    });
    for (const subnet of privateSubnets) {
      subnet.addRoute('DefaultRoute', {
        routerType: RouterType.INSTANCE,
        routerId: instanceId,
        enablesInternetConnectivity: true,
      });
    }
  }
}

class ExistingGateway extends Nat {
  constructor(private readonly natGatewayId: string) {
    super();
  }

  _route({ privateSubnets }: Surroundings): void {
    for (const subnet of privateSubnets) subnet.addDefaultNatRoute(this.natGatewayId);
  }
}

class NoWayOut extends Nat {
  _route(): void {}
}
