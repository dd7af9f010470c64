import { handOverOf, nextSteps } from './next-steps';
import type { CostAllocationState } from './state';

/** What every report says of a budget over tags that are not known to be active; true in every state, without its full stop. */
export const INACTIVE_BUDGET_TAGS =
  'A budget over tags counts $0, whatever is spent, until its tag keys are active cost allocation tags';

/**
 * What a report says while the tag keys of a budget are not all known to be active: the state of each key, and what is to be
 * done; in a member account the steps of the payer account.
 *
 * @param account the account of the budget
 * @param keys state of each tag key that the filter of the budget needs
 * @param messages what AWS said to them. @default - nothing
 * @returns plain text, one line each; nothing when all keys are active
 */
export function inactiveBudgetTags(
  account: string,
  keys: { readonly [key: string]: CostAllocationState },
  messages: readonly string[] = [],
): string[] {
  const states = Object.entries(keys);
  if (states.every(([, state]) => state === 'active')) return [];
  const handOver = handOverOf(account, keys, messages);
  return [
    `${INACTIVE_BUDGET_TAGS} (${states.map(([key, state]) => `${key} ${state}`).join(', ')}).`,
    ...nextSteps(keys, messages),
    ...(handOver === undefined ? [] : ['', handOver]),
  ];
}
