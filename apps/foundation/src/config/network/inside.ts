import { contains, overlaps } from '@user-metrics/network';
import { z } from 'zod';
import { across, list, object, type Report, type Unchecked } from '../expectations';
import { internetGatewayId, natGatewayId, vpcId } from '../identifiers';
import { block, cidrBlock, isCidr } from './cidr-blocks';
import { loadBalancer } from './load-balancer';
import { availabilityZones, nat, switchedOff } from './subnets';

/** Four subnets in a /24 of the application's VPC. */
export const inside = across(
  object({
    mode: z.literal('inside'),
    vpcId,
    /** All IPv4 CIDR blocks of the VPC, secondary ones too. */
    vpcCidrBlocks: list(cidrBlock, 'must be the CIDR blocks of the VPC', 'Find them with: aws ec2 describe-vpcs', {
      min: 1,
    }),
    /** A /24 of the VPC that no subnet uses; with `addBlock`, one outside of it. */
    block,
    /** Whether the block is added to the VPC as a secondary CIDR block. @default false */
    addBlock: switchedOff,
    availabilityZones,
    internetGatewayId,
    /** A NAT gateway of the VPC to share. @default - see `nat` */
    natGatewayId: natGatewayId.optional(),
    /** What is created for egress to the internet, unless a gateway is shared. @default 'singleGateway' */
    nat: nat.optional(),
    /** Whether rejected traffic of the subnets is logged for a week. @default false */
    flowLogs: switchedOff,
    loadBalancer,
  }),
  (network, report) => {
    requirePlace(network, report);
    if (network.natGatewayId === undefined || network.nat === undefined) return;
    report(
      ['nat'],
      network.nat,
      'must be left out beside natGatewayId',
      'Keep natGatewayId to share that gateway, or nat to create something',
    );
  },
);

/** The block lies inside the VPC, or, when it is to be added, wholly outside. */
function requirePlace(
  { block: own, vpcCidrBlocks, addBlock }: Unchecked<{ block: string; vpcCidrBlocks: string[]; addBlock: boolean }>,
  report: Report,
): void {
  if (!isCidr(own) || !Array.isArray(vpcCidrBlocks)) return;
  const known = vpcCidrBlocks.filter(isCidr);
  const colliding = known.find((taken) => overlaps(taken, own));
  if (addBlock === true && colliding) {
    report(
      ['block'],
      own,
      `must not overlap with ${colliding}, which the VPC has already`,
      'Choose a /24 outside vpcCidrBlocks, or leave addBlock out',
    );
  }
  if (addBlock === true || known.some((outer) => contains(outer, own))) return;
  report(
    ['block'],
    own,
    'must lie inside the VPC',
    'Choose a free /24 of vpcCidrBlocks, or set addBlock to add it as a secondary CIDR block',
  );
}
