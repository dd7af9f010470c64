import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, listOf, objectWith, optional, type Rules } from '@user-metrics/tagging/props';
import { CfnRoute, CfnVPCPeeringConnection } from 'aws-cdk-lib/aws-ec2';
import { Stack, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { overlaps } from './cidr';
import { knownBlocks } from './known-blocks';
import type { INetwork } from './network';
import { NetworkError } from './network-error';
import { RESOURCE_OWNER, type ResourceOwner, routeInstruction } from './owner-instructions';
import { CIDR_BLOCKS, ec2Id, VPC_ID } from './prop-rules';
import { stableId } from './stable-id';

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
  /**
   * What manages the database's route tables, and so what the lines are written in that their owner has to add.
   *
   * @default 'none'
   */
  readonly owner?: ResourceOwner;
}

const RULES: Rules<VpcPeeringProps> = {
  network: objectWith('privateSubnets', 'a network', 'Give for example a NewNetwork.'),
  peerVpcId: VPC_ID,
  peerCidrBlocks: CIDR_BLOCKS,
  peerRouteTableIds: listOf({ ...ec2Id('rtb', 'describe-route-tables'), must: 'a list of ids of route tables' }),
  addRoutesBack: FLAG,
  owner: optional(RESOURCE_OWNER),
};

/**
 * A peering connection to the VPC of the database, with a route in each private subnet of the tasks and one route back
 * in each route table of the database's subnets.
 */
export class VpcPeering extends Construct {
  /**
   * Lines that the owner of the database's route tables has to add to its configuration, one entry a route; empty when the
   * routes are added here.
   */
  readonly requiredRoutes: readonly string[];

  /** @throws NetworkError when the two networks overlap, which AWS refuses, or when the network's route tables are unknown */
  constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    const { network, peerVpcId, peerCidrBlocks, peerRouteTableIds, addRoutesBack, owner = 'none' } = props;
    if (network.privateSubnets.some(({ routeTable }) => !routeTable.routeTableId)) {
      throw new NetworkError(
        '`network` must have route tables of its own, got: one of subnets that exist.' +
          ' Leave the peering of its VPC to the owner, or use a NewNetwork.',
      );
    }
    const known = knownBlocks('peerCidrBlocks', peerCidrBlocks);
    for (const own of network.cidrBlocks) {
      const colliding = known.find((peer) => overlaps(own, peer));
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
        this.route(`ToDatabase${zone + 1}-${stableId(block, index)}`, routeTable.routeTableId, block, connection);
      }
    }
    const back = peerRouteTableIds.flatMap((routeTableId, index) =>
      network.cidrBlocks.map((block) => ({
        routeTableId,
        block,
        id: `Back-${stableId(routeTableId, index)}-${block}`,
      })),
    );
    if (addRoutesBack) {
      for (const { id, routeTableId, block } of back) this.route(id, routeTableId, block, connection);
    }
    this.requiredRoutes = addRoutesBack
      ? []
      : back.map(({ routeTableId, block: destinationCidrBlock }) =>
          routeInstruction(owner, { routeTableId, destinationCidrBlock, peeringConnectionId: connection.attrId }),
        );
  }

  private route(
    id: string,
    routeTableId: string,
    destinationCidrBlock: string,
    connection: CfnVPCPeeringConnection,
  ): void {
    new CfnRoute(this, id.replaceAll('/', '-'), {
      routeTableId,
      destinationCidrBlock,
      vpcPeeringConnectionId: connection.attrId,
    });
  }
}
