import { overlaps } from '@user-metrics/network';
import { z } from 'zod';
import { across, list, object, type Report, type Unchecked } from '../expectations';
import { availabilityZone, subnetId, vpcId } from '../identifiers';
import { cidrBlock, isCidr } from './cidr-blocks';
import { loadBalancer } from './load-balancer';

const existingSubnet = object({ subnetId, cidrBlock, availabilityZone });
const existingSubnets = list(
  existingSubnet,
  'must be at least one subnet',
  'Give [{ subnetId, cidrBlock, availabilityZone }, …]',
  { min: 1 },
);

/** Subnets that exist; nothing is made. */
export const existing = across(
  object({
    mode: z.literal('existing'),
    vpcId,
    publicSubnets: existingSubnets,
    privateSubnets: existingSubnets,
    /**
     * CIDR blocks of the database's subnets, when they are in another VPC, to which a peering connection or a transit gateway of
     * yours leads. Umami and the database then let each other in by blocks: EC2 refuses to name security groups of a VPC
     * that is not peered. @default - the database is in the same VPC
     */
    databaseCidrBlocks: list(
      cidrBlock,
      "must be the CIDR blocks of the database's subnets",
      'Find them with: aws ec2 describe-subnets',
      { min: 1 },
    ).optional(),
    loadBalancer,
  }),
  requireRoutableBlocks,
);

/** No route leads out of a VPC to addresses of its own. */
function requireRoutableBlocks(
  network: Unchecked<{ [kind in 'publicSubnets' | 'privateSubnets']: { cidrBlock: string }[] }> & {
    readonly databaseCidrBlocks?: unknown;
  },
  report: Report,
): void {
  const { databaseCidrBlocks, publicSubnets, privateSubnets } = network;
  if (!Array.isArray(databaseCidrBlocks)) return;
  const own = [publicSubnets, privateSubnets]
    .flatMap((subnets) => (Array.isArray(subnets) ? subnets : []))
    .map((subnet) => subnet?.cidrBlock)
    .filter(isCidr);
  for (const [index, block] of databaseCidrBlocks.entries()) {
    const colliding = isCidr(block) ? own.find((subnet) => overlaps(subnet, block)) : undefined;
    if (!colliding) continue;
    report(
      ['databaseCidrBlocks', index],
      block,
      `must not overlap with ${colliding}, a subnet of the network`,
      "Give the blocks of the database's own subnets",
    );
  }
}
