import { accountBudgetName } from '../../account/budgets';
import type { Criterion } from '../criterion';
import { type ObservedTags, taggedResources } from '../tagging/resource-tags';

export interface ObservedFilter {
  readonly resources: readonly ObservedTags[];
  /** What the account's budget counts; nothing when it counts everything. */
  readonly filter?: string | undefined;
}

/** `1.4.AC2`: the budget's filter names the value of Project that every resource has. */
export const budgetFilter: Criterion<ObservedFilter> = {
  id: '1.4.AC2',
  async observe(deployed) {
    const { Budget } = await deployed.aws.budgets.describeBudget({
      AccountId: deployed.id,
      BudgetName: await accountBudgetName(deployed),
    });
    return { resources: await taggedResources(deployed), filter: Budget?.CostFilters?.['TagKeyValue']?.join() };
  },
  evaluate({ resources, filter = 'everything' }, { config }) {
    const { project } = config.foundation.tags;
    const others = resources.filter(({ tags }) => tags['Project'] !== project);
    return {
      wrong: [
        ...others.map(({ physicalId, tags }) => `${physicalId} carries Project=${tags['Project'] ?? 'nothing'}`),
        ...(filter === `user:Project$${project}` ? [] : [`the budget counts ${filter}`]),
      ],
      evidence: `Project=${project} on ${resources.length} resources, and in the budget's filter`,
    };
  },
};
