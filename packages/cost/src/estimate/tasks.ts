import { PRICE_TABLE, type PriceId, type PriceTable } from './price-table';
import { HOURS } from './usage';

/** One thing that is billed for the tasks that use what the stacks create; no part of any stack. */
export interface TaskLine {
  readonly what: string;
  readonly price: PriceId;
  readonly unit: string;
  /** Units a month. */
  readonly quantity: number;
  /** USD for one unit. */
  readonly usdPerUnit: number;
  /** USD a month. */
  readonly usd: number;
  readonly assumption: string;
}

/**
 * A small site: one task of each all the time, on Fargate with x86, behind one load balancer that has no public addresses. The
 * examples deploy the same.
 */
const ASSUMED: readonly (readonly [what: string, price: PriceId, units: number, assumption: string])[] = [
  ['Umami, one task', 'fargate.vcpu', 0.5, '0.5 vCPU all the time'],
  ['Umami, one task', 'fargate.gb', 1, '1 GB all the time'],
  ['OpenReplay, one task', 'fargate.vcpu', 1, '1 vCPU all the time'],
  ['OpenReplay, one task', 'fargate.gb', 2, '2 GB all the time'],
  ['load balancer', 'alb.hour', 1, 'one for both'],
  ['load balancer', 'alb.lcu', 1, 'one capacity unit in the mean'],
];

/**
 * What the tasks of Umami and OpenReplay would cost, which are no part of the foundation: most of a budget of $150 is theirs.
 *
 * @param prices the prices. @default PRICE_TABLE
 */
export function tasksToRun({ prices }: PriceTable = PRICE_TABLE): TaskLine[] {
  return ASSUMED.map(([what, price, units, assumption]) => {
    const { usd: usdPerUnit, unit } = prices[price];
    const quantity = units * HOURS;
    return { what, price, unit, quantity, usdPerUnit, usd: quantity * usdPerUnit, assumption };
  });
}
