import { z } from 'zod';
import { expectation } from '../expectations';
import { existing } from './existing';
import { inside } from './inside';
import { ownNetwork } from './own';

/** Where the tasks run. */
export const networkSchema = z.discriminatedUnion('mode', [inside, ownNetwork, existing], {
  error: expectation(
    "must have a mode: 'inside', 'new' or 'existing'",
    "Take 'inside' for a free /24 of the application's VPC",
  ),
});
