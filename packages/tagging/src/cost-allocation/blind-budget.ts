import { payerHandOver } from './hand-over';
import type { CostAllocationState } from './state';

/** What every report says of a budget over tags before these are active cost allocation tags; a sentence without its end. */
export const BLIND_BUDGET =
  'The budget is blind: it sees $0, whatever is spent, until its tag keys are active cost allocation tags';

/**
 * What a report says while a budget over tags sees nothing: the state of each key, and what is to be done; in a member
 * account the steps of the payer account.
 *
 * @param account the account of the budget
 * @param keys state of each tag key that the filter of the budget needs
 * @returns plain text, one line each; nothing when all keys are active
 */
export function blindBudget(account: string, keys: { readonly [key: string]: CostAllocationState }): string[] {
  const states = Object.entries(keys);
  if (states.every(([, state]) => state === 'active')) return [];
  const mayNot = states.some(([, state]) => state === 'no-access');
  return [
    `${BLIND_BUDGET} (${states.map(([key, state]) => `${key} ${state}`).join(', ')}).`,
    ...(mayNot
      ? ['', payerHandOver({ account, keys: states.map(([key]) => key) })]
      : ['AWS is asked once a day to activate them, as soon as Billing knows them, which takes up to 24 hours.']),
  ];
}
