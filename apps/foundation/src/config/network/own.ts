import { overlaps } from '@user-metrics/network';
import { z } from 'zod';
import { across, list, object, oneOf } from '../expectations';
import { routeTableId } from '../identifiers';
import { block, cidrBlock, isCidr } from './cidr-blocks';
import { loadBalancer } from './load-balancer';
import { availabilityZones, nat, switchedOff } from './subnets';

/** A VPC of its own. */
export const ownNetwork = across(
  object({
    mode: z.literal('new'),
    /** The /24 of the new VPC. */
    block,
    availabilityZones,
    /** The database's side, when it is to be reached through a peering connection. @default - no peering */
    peering: object(
      {
        /** All IPv4 CIDR blocks of the database's VPC, secondary ones too. */
        vpcCidrBlocks: list(
          cidrBlock,
          "must be the CIDR blocks of the database's VPC",
          'Find them with: aws ec2 describe-vpcs',
          { min: 1 },
        ),
        /** Route tables of exactly the subnets of the database. */
        routeTableIds: list(
          routeTableId,
          "must be the route tables of the database's subnets",
          'Find them with: aws ec2 describe-route-tables',
          { min: 1 },
        ),
        /**
         * What manages these route tables, whatever manages the cluster: only where nothing does are the routes back added,
         * else their lines are printed. @default - the owner of the database
         */
        routeTablesOwner: oneOf(
          ['cloudformation', 'sst', 'terraform', 'none'],
          "Leave it out for the owner of the database; give 'none' when they were made by hand",
        ).optional(),
      },
      'must describe the VPC of the database',
      'Give { vpcCidrBlocks: [...], routeTableIds: [...] }',
    ).optional(),
    /** What is created for egress to the internet. @default 'singleGateway' */
    nat: nat.optional(),
    /** Whether rejected traffic of the subnets is logged for a week. @default false */
    flowLogs: switchedOff,
    loadBalancer,
  }),
  ({ block: own, peering }, report) => {
    const others = (peering as { vpcCidrBlocks?: unknown } | undefined)?.vpcCidrBlocks;
    if (!isCidr(own) || !Array.isArray(others)) return;
    for (const other of others.filter(isCidr)) {
      if (!overlaps(own, other)) continue;
      report(
        ['block'],
        own,
        `must not overlap with ${other}, which it is peered with`,
        'Choose a /24 outside peering.vpcCidrBlocks',
      );
    }
  },
);
