import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  type CostAllocationState,
  type CostAllocationStatus,
  inactiveBudgetTags,
  knownStates,
} from '@user-metrics/tagging/cost-allocation';
import type { Account } from '../config';
import { budgetKeys } from '../stacks/cost-stack';
import { type CostStackOutputs, costStackOutputs } from './cost-stack-outputs';
import { missingRight } from './missing-right';
import type { Place } from './place';

/** What the budget has counted, and whether its tag keys are known to be active. */
export interface BudgetTagStatus {
  /** State of each key that the budget's filter needs. */
  readonly keys: { readonly [key: string]: CostAllocationState };
  /** What AWS said to them. */
  readonly messages: readonly string[];
  /** USD of this month that the budget has counted; nothing when it could not be read. */
  readonly spentUsd?: number;
  /** Whether a key is not known to be active, so that the budget may count $0 whatever is spent. */
  readonly hasInactiveTags: boolean;
  /** What could not be read, and why. */
  readonly unread: readonly string[];
  /** IAM actions that were missing for it. */
  readonly missingRights: readonly string[];
}

/**
 * Reads the state of the tag keys and what the budget has counted. Neither keeps a test alert from being sent: what cannot be
 * read is said.
 *
 * @param cost what the configuration says of the account's budgets
 */
export async function budgetTagStatus(
  place: Place,
  outputs: CostStackOutputs,
  cost: Account['cost'],
): Promise<BudgetTagStatus> {
  const keys = budgetKeys(cost);
  const unread: string[] = [];
  const missingRights: string[] = [];
  const orSaid = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      unread.push(`${what} could not be read: ${(error as Error).message}`);
      missingRights.push(...[missingRight(error) ?? []].flat());
      return undefined;
    }
  };
  const status = await orSaid('The state of the tags', () => tagStatus(place, outputs.tagStatusParameter));
  const spentUsd = await orSaid('What the budget has counted', () => spent(place, outputs.budgetName));
  const asked = Object.fromEntries(keys.map((key) => [key, status?.keys[key] ?? 'unknown']));
  // The budget filters by Project: it counts nothing before the key is active.
  const states = knownStates(asked, (spentUsd ?? 0) > 0 ? ['Project'] : []);
  const hasInactiveTags = Object.values(states).some((state) => state !== 'active');
  const messages = (status?.messages ?? []).filter((message) => !isOfOthers(message, keys, status));
  const counted = spentUsd === undefined ? {} : { spentUsd };
  return { keys: states, messages, ...counted, hasInactiveTags, unread, missingRights };
}

/** The same for reading, with the payer account's steps when this account may not do them. */
export function describeBudgetTagStatus(
  { keys, messages, spentUsd, hasInactiveTags, unread }: BudgetTagStatus,
  account: string,
  limit: number,
): string[] {
  const counted =
    spentUsd === undefined ? [] : [`The budget has counted $${spentUsd.toFixed(2)} of $${limit} this month.`];
  if (hasInactiveTags) return [...counted, ...inactiveBudgetTags(account, keys, messages), ...unread];
  const isNew = spentUsd === 0 ? ['Its tags are active; the first costs have them up to 24 hours later.'] : [];
  return [[...counted, ...isNew].join(' '), ...unread].filter((line) => line !== '');
}

/** What the budget has counted once everything is deployed, for reading; a deployment does not fail for it. */
export async function budgetTagStatusAfterDeployment(account: string, cost: Account['cost']): Promise<string[]> {
  if (!cost.budget) return [];
  const place = { account, region: cost.region };
  try {
    const status = await budgetTagStatus(place, await costStackOutputs(place), cost);
    return describeBudgetTagStatus(status, account, cost.limit);
  } catch (error) {
    return [`What the budget has counted could not be read: ${(error as Error).message}`];
  }
}

/** Whether a message is about a key that the budget does not need; it then starts with that key. */
function isOfOthers(message: string, needed: readonly string[], status: CostAllocationStatus | undefined): boolean {
  return Object.keys(status?.keys ?? {}).some((key) => !needed.includes(key) && message.startsWith(`${key}: `));
}

async function tagStatus({ region }: Place, name: string): Promise<CostAllocationStatus> {
  const { Parameter } = await new SSMClient({ region }).send(new GetParameterCommand({ Name: name }));
  const status = JSON.parse(Parameter?.Value ?? '{}');
  return { ...status, keys: status.keys ?? {} };
}

async function spent({ account, region }: Place, budgetName: string): Promise<number> {
  const { Budget } = await new BudgetsClient({ region }).send(
    new DescribeBudgetCommand({ AccountId: account, BudgetName: budgetName }),
  );
  return Number(Budget?.CalculatedSpend?.ActualSpend?.Amount ?? 0);
}
