import { z } from 'zod';
import { expectation, list } from '../expectations';
import { availabilityZone } from '../identifiers';

/** The zones of the four subnets. */
export const availabilityZones = list(
  availabilityZone,
  'must be two Availability Zones',
  "Give two of the Region, such as ['us-east-1a', 'us-east-1b']",
  { min: 2, max: 2 },
).refine(([first, second]) => first !== second, {
  error: expectation('must be two different Availability Zones', 'Name another one as second'),
});

/** How the tasks reach the internet; the prices are in the doc comments of `Nat`. */
export const nat = z.enum(['singleGateway', 'gatewayPerZone', 'none'], {
  error: ({ input }) =>
    expectation(
      'must be one of singleGateway, gatewayPerZone, none',
      input === 'instance'
        ? "The NAT instance was removed. Leave `nat` out for one NAT gateway, or run a NAT instance of your own and give its subnets with mode 'existing'"
        : "Leave it out for 'singleGateway'",
    ),
});

/** What nobody gets without asking. */
export const switchedOff = z
  .boolean({ error: expectation('must be true or false', 'Leave it out for false') })
  .default(false);
