import { applyComponentTags } from '@user-metrics/tagging';
import { CfnRoute, CfnVPCPeeringConnection } from 'aws-cdk-lib/aws-ec2';
import { Stack, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { overlaps } from './cidr';
import type { INetwork } from './network';
import { NetworkError } from './network-error';

/** Props of {@link VpcPeering}. */
export interface VpcPeeringProps {
  /** The network of the tasks. */
  readonly network: INetwork;
  /** Id of the database's VPC, in the same account and Region. */
  readonly peerVpcId: string;
  /** All IPv4 CIDR blocks of the database's VPC, secondary ones too. */
  readonly peerCidrBlocks: readonly string[];
  /** Route tables of exactly the subnets of the database. */
  readonly peerRouteTableIds: readonly string[];
  /** Whether the routes back are added to the database's route tables, or left to the owner of these. */
  readonly addRoutesBack: boolean;
}

/**
 * A peering connection to the VPC of the database, with a route in each private subnet of the tasks and one route back
 * in each route table of the database's subnets.
 */
export class VpcPeering extends Construct {
  /** Routes that the owner of the database's route tables has to add; empty when they are added here. */
  readonly requiredRoutes: readonly string[];

  /** @throws NetworkError when the two networks overlap: AWS would refuse the connection */
  constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    const { network, peerVpcId, peerCidrBlocks, peerRouteTableIds, addRoutesBack } = props;
    for (const own of network.cidrBlocks) {
      const colliding = peerCidrBlocks.find((peer) => overlaps(own, peer));
      if (colliding) {
        throw new NetworkError(
          `\`peerCidrBlocks\` must not overlap with the network (${own}), got: ${colliding}. Choose another /24 for the network.`,
        );
      }
    }
    const connection = new CfnVPCPeeringConnection(this, 'Resource', { vpcId: network.vpc.vpcId, peerVpcId });
    Tags.of(connection).add('Name', `${Stack.of(this).stackName}/database`);
    applyComponentTags(this, 'network');
    for (const [zone, { routeTable }] of network.privateSubnets.entries()) {
      for (const [index, block] of peerCidrBlocks.entries()) {
        this.route(`ToDatabase${zone + 1}Block${index + 1}`, routeTable.routeTableId, block, connection);
      }
    }
    const back = peerRouteTableIds.flatMap((routeTableId) =>
      network.cidrBlocks.map((block) => ({ routeTableId, block })),
    );
    if (addRoutesBack) {
      for (const { routeTableId, block } of back)
        this.route(`Back-${routeTableId}-${block}`, routeTableId, block, connection);
    }
    this.requiredRoutes = addRoutesBack
      ? []
      : back.map(({ routeTableId, block }) => `${block} through the peering connection in ${routeTableId}`);
  }

  private route(
    id: string,
    routeTableId: string,
    destinationCidrBlock: string,
    connection: CfnVPCPeeringConnection,
  ): void {
    new CfnRoute(this, id.replaceAll(/[^A-Za-z0-9]/g, ''), {
      routeTableId,
      destinationCidrBlock,
      vpcPeeringConnectionId: connection.attrId,
    });
  }
}
