import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  type CostAllocationState,
  type CostAllocationStatus,
  payerHandOver,
} from '@user-metrics/tagging/cost-allocation';
import type { Place } from '../account';
import type { CostStackOutputs } from './cost-stack-outputs';

/** What the budget sees, and why it may see nothing. */
export interface BudgetSight {
  /** State of each key that the budget's filter needs. */
  readonly keys: { readonly [key: string]: CostAllocationState };
  /** USD of this month that the budget has seen; nothing when it could not be read. */
  readonly spentUsd?: number;
  /** Whether it sees $0 whatever is spent. */
  readonly isBlind: boolean;
  /** What could not be read, and why. */
  readonly unread: readonly string[];
}

/**
 * Reads the state of the tag keys and what the budget has seen. Neither keeps a drill from being sent: what cannot be
 * read is said.
 *
 * @param keys the keys that the budgets' filters need
 */
export async function budgetSight(
  place: Place,
  outputs: CostStackOutputs,
  keys: readonly string[],
): Promise<BudgetSight> {
  const unread: string[] = [];
  const orSaid = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      unread.push(`${what} could not be read: ${(error as Error).message}`);
      return undefined;
    }
  };
  const status = await orSaid('The state of the tags', () => tagStatus(place, outputs.tagStatusParameter));
  const spentUsd = await orSaid('What the budget has seen', () => spent(place, outputs.budgetName));
  const states = Object.fromEntries(keys.map((key) => [key, status?.keys[key] ?? 'unknown']));
  const isBlind = Object.values(states).some((state) => state !== 'active');
  return { keys: states, ...(spentUsd === undefined ? {} : { spentUsd }), isBlind, unread };
}

/** The same for reading, with the payer account's steps when this account may not do them. */
export function describeSight(
  { keys, spentUsd, isBlind, unread }: BudgetSight,
  account: string,
  limit: number,
): string[] {
  const states = Object.entries(keys).map(([key, state]) => `${key} ${state}`);
  if (isBlind) {
    const mayNot = Object.values(keys).includes('no-access');
    return [
      `THE BUDGET IS BLIND: it sees $0, whatever is spent, until its tag keys are active (${states.join(', ')}).`,
      ...(mayNot
        ? ['', payerHandOver({ account, keys: Object.keys(keys) })]
        : ['AWS is asked once a day to activate them, as soon as Billing knows them, which takes up to 24 hours.']),
      ...unread,
    ];
  }
  if (spentUsd === undefined) return [...unread];
  const seen = `The budget sees $${spentUsd.toFixed(2)} of $${limit} this month.`;
  return [
    spentUsd > 0 ? seen : `${seen} Its tags are active; the first costs bear them up to 24 hours later.`,
    ...unread,
  ];
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
