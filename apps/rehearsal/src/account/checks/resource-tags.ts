import { REQUIRED_TAG_KEYS, TagSchema } from '@user-metrics/tagging/schema';
import type { Account } from '../account';
import { accountBudgetName } from '../budgets';
import { isTaggable, readTags } from '../resource-tags';
import { ourResources, type StackResource } from '../stack-resources';
import type { AccountCheck } from './account-check';

/** `1.1.AC5`: the tags of each resource, asked of its own service. */
export const resourceTags: AccountCheck = {
  id: '1.1.AC5',
  async look(account) {
    const wrong: string[] = [];
    const resources = await taggableResources(account);
    for (const resource of resources) {
      const tags = await readTags(account, resource);
      const missing = REQUIRED_TAG_KEYS.filter((key) => !tags[key]);
      const problems = TagSchema.STANDARD.check(tags).filter(({ key }) => !missing.some((one) => one === key));
      if (missing.length > 0) wrong.push(`${resource.type} ${resource.physicalId} lacks ${missing.join(', ')}`);
      wrong.push(...problems.map(({ key }) => `${resource.physicalId} has a ${key} that the schema does not allow`));
    }
    return {
      wrong,
      evidence: `${resources.length} of ${resources.length} taggable resources`,
      waitsFor: 'the activation as cost allocation tags needs a real account',
    };
  },
};

/** `1.4.AC2`: the budget's filter names the value that everything carries. */
export const countedByBudget: AccountCheck = {
  id: '1.4.AC2',
  async look(account) {
    const project = account.config.foundation.tags.project;
    const wrong: string[] = [];
    const resources = await taggableResources(account);
    for (const resource of resources) {
      const { Project } = await readTags(account, resource);
      if (Project !== project) wrong.push(`${resource.physicalId} carries Project=${Project ?? 'nothing'}`);
    }
    const { Budget } = await account.aws.budgets.describeBudget({
      AccountId: account.id,
      BudgetName: await accountBudgetName(account),
    });
    const filter = Budget?.CostFilters?.['TagKeyValue']?.join() ?? 'everything';
    if (filter !== `user:Project$${project}`) wrong.push(`the budget counts ${filter}`);
    return { wrong, evidence: `Project=${project} on ${resources.length} resources, and in the budget's filter` };
  },
};

async function taggableResources(account: Account): Promise<StackResource[]> {
  return (await ourResources(account)).filter(isTaggable);
}
