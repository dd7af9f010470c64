import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, listOf, objectWith, type Rules, removed } from '@user-metrics/tagging/props';
import { CfnRoute, CfnVPCPeeringConnection, type IRouteTable, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Stack, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { overlaps } from './cidr';
import { knownBlocks } from './known-blocks';
import type { INetwork } from './network';
import { NetworkError } from './network-error';
import { CIDR_BLOCKS, REMOVED_OWNER, replacedVpcId, VPC } from './prop-rules';
import { stableId } from './stable-id';

/** Props of {@link VpcPeering}. */
export interface VpcPeeringProps {
  /** The network of the tasks. */
  readonly network: INetwork;
  /** The database's VPC, in the same account and Region. */
  readonly peerVpc: IVpc;
  /** All IPv4 CIDR blocks of the database's VPC, secondary ones too. */
  readonly peerCidrBlocks: readonly string[];
  /** Route tables of exactly the subnets of the database. */
  readonly peerRouteTables: readonly IRouteTable[];
  /** Whether the routes back are added to the database's route tables, or left to the owner of these. */
  readonly addRoutesBack: boolean;
}

/** A route through the peering connection. */
export interface RequiredRoute {
  /** Route table that gets the route. */
  readonly routeTableId: string;
  /** IPv4 CIDR block that the route is for. */
  readonly destinationCidrBlock: string;
  /** The peering connection. */
  readonly vpcPeeringConnectionId: string;
}

/** What was taken before. */
interface RemovedProps {
  readonly owner?: never;
  readonly peerVpcId?: never;
  readonly peerRouteTableIds?: never;
}

const RULES: Rules<VpcPeeringProps & RemovedProps> = {
  network: objectWith('privateSubnets', 'a network', 'Give for example a NewNetwork.'),
  peerVpcId: replacedVpcId('peerVpc'),
  peerVpc: VPC,
  peerCidrBlocks: CIDR_BLOCKS,
  peerRouteTableIds: removed("Give `peerRouteTables`, such as [{ routeTableId: 'rtb-…' }]."),
  peerRouteTables: listOf(
    objectWith(
      'routeTableId',
      'a list of route tables',
      'Give for example vpc.isolatedSubnets.map(({ routeTable }) => routeTable).',
    ),
  ),
  addRoutesBack: FLAG,
  owner: REMOVED_OWNER,
};

/**
 * A peering connection to the VPC of the database, with a route in each private subnet of the tasks and one route back
 * in each route table of the database's subnets.
 */
export class VpcPeering extends Construct {
  /** Routes that the owner of the database's route tables has to add; empty with `addRoutesBack`. */
  readonly requiredRoutes: readonly RequiredRoute[];

  /** @throws NetworkError when the two networks overlap, which AWS refuses, or when the network's route tables are unknown */
  constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    const { network, peerVpc, peerCidrBlocks, addRoutesBack } = props;
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
    const connection = new CfnVPCPeeringConnection(this, 'Resource', {
      vpcId: network.vpc.vpcId,
      peerVpcId: peerVpc.vpcId,
    });
    Tags.of(connection).add('Name', `${Stack.of(this).stackName}/database`);
    applyComponentTags(this, 'network');
    const route = (id: string, routeTableId: string, destinationCidrBlock: string) => ({
      id: id.replaceAll('/', '-'),
      routeTableId,
      destinationCidrBlock,
      vpcPeeringConnectionId: connection.attrId,
    });
    const there = network.privateSubnets.flatMap(({ routeTable }, zone) =>
      peerCidrBlocks.map((block, index) =>
        route(`ToDatabase${zone + 1}-${stableId(block, index)}`, routeTable.routeTableId, block),
      ),
    );
    const back = props.peerRouteTables.flatMap(({ routeTableId: table }, index) =>
      network.cidrBlocks.map((block) => route(`Back-${stableId(table, index)}-${block}`, table, block)),
    );
    for (const { id, ...props } of addRoutesBack ? [...there, ...back] : there) new CfnRoute(this, id, props);
    this.requiredRoutes = addRoutesBack ? [] : back.map(({ id, ...props }) => props);
  }
}
