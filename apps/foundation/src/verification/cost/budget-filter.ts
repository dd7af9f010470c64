import { accountBudgetName } from '../../account/budgets';
import { costOf } from '../../account/deployed-stage';
import { inCostRegion } from '../../account/stack-resources';
import { type TagActivation, tagActivation } from '../../account/tag-activation';
import { budgetKeys } from '../../stacks/cost-stack';
import type { Criterion } from '../criterion';
import { type ObservedTags, taggedResources } from '../tagging/resource-tags';
import { activationOf } from './activation';

export interface ObservedFilter {
  readonly resources: readonly ObservedTags[];
  /** What the account's budget counts; nothing when it counts everything. */
  readonly filter?: string | undefined;
  /** @default - the account has no budget, and nothing activates the keys */
  readonly activation?: TagActivation | undefined;
}

/** `1.4.AC2`: the budget's filter names the value of Project that every resource has, and Billing counts by that key. */
export const budgetFilter: Criterion<ObservedFilter> = {
  id: '1.4.AC2',
  async observe(deployed) {
    const resources = await taggedResources(deployed);
    if (!costOf(deployed).budget) return { resources };
    const { Budget } = await deployed.aws.budgets.describeBudget({
      AccountId: deployed.id,
      BudgetName: await accountBudgetName(inCostRegion(deployed)),
    });
    const activation = await tagActivation(deployed);
    return { resources, filter: Budget?.CostFilters?.['TagKeyValue']?.join(), activation };
  },
  evaluate({ resources, filter = 'everything', activation }, expected) {
    const { project } = expected.config.foundation.tags;
    const cost = costOf(expected);
    const others = resources.filter(({ tags }) => tags['Project'] !== project);
    return {
      wrong: [
        ...others.map(({ physicalId, tags }) => `${physicalId} carries Project=${tags['Project'] ?? 'nothing'}`),
        ...(filter === `user:Project$${project}` || !cost.budget ? [] : [`the budget counts ${filter}`]),
      ],
      evidence: `Project=${project} on ${resources.length} resources, and in the budget's filter`,
      ...activationOf(budgetKeys(cost), activation),
    };
  },
};
