import { INACTIVE_BUDGET_TAGS } from './inactive-budget-tags';
import { handOverOf, nextSteps } from './next-steps';
import { type CostAllocationStatus, inactiveKeys } from './state';

/** What a report says of the cost allocation tags of an account. */
export interface CostAllocationReport extends CostAllocationStatus {
  /** The keys that are not known to be active: what budgets and Cost Explorer may not tell costs apart by. */
  readonly inactive: readonly string[];
  /** What to send on where this account may not activate them. @default - it may */
  readonly payerHandOver?: string;
}

/**
 * What there is to say, for machines.
 *
 * @param status value of the SSM parameter of `CostAllocationTags`
 * @param account account whose resources have the tags
 */
export function costAllocationReport(status: CostAllocationStatus, account: string): CostAllocationReport {
  const inactive = inactiveKeys(status);
  const handOver = handOverOf(account, status.keys, status.messages ?? []);
  return { ...status, inactive, ...(handOver === undefined ? {} : { payerHandOver: handOver }) };
}

/** The same for reading, a few lines. */
export function describeCostAllocation(report: CostAllocationReport): string[] {
  const { keys, inactive, checkedAt, messages = [], payerHandOver: handOver } = report;
  const total = Object.keys(keys).length;
  const when = checkedAt ? `asked ${checkedAt}` : 'nobody has asked yet';
  const states = inactive.map((key) => `${key} ${keys[key]}`).join(', ');
  return [
    `Cost allocation tags: ${total - inactive.length} of ${total} active (${when})${states ? `; ${states}` : ''}.`,
    ...(inactive.includes('Project') ? [`  ${INACTIVE_BUDGET_TAGS}.`] : []),
    ...(inactive.length > 0 ? ['  Cost Explorer tells no cost apart by a key that is not active.'] : []),
    ...nextSteps(keys, messages).map((line) => `  ${line}`),
    ...(handOver === undefined ? [] : ['', handOver]),
  ];
}
