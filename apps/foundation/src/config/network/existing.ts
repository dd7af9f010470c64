import { z } from 'zod';
import { list, object } from '../expectations';
import { availabilityZone, subnetId, vpcId } from '../identifiers';
import { cidrBlock } from './cidr-blocks';
import { loadBalancer } from './load-balancer';

const existingSubnet = object({ subnetId, cidrBlock, availabilityZone });
const existingSubnets = list(
  existingSubnet,
  'must be at least one subnet',
  'Give [{ subnetId, cidrBlock, availabilityZone }, …]',
  { min: 1 },
);

/** Subnets that exist; nothing is made. */
export const existing = object({
  mode: z.literal('existing'),
  vpcId,
  publicSubnets: existingSubnets,
  privateSubnets: existingSubnets,
  loadBalancer,
});
