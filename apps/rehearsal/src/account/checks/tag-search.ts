import { paginateGetResources, type ResourceTagMapping } from '@aws-sdk/client-resource-groups-tagging-api';
import { REQUIRED_TAG_KEYS } from '@user-metrics/tagging/schema';
import type { Account } from '../account';
import { allocationOf, isTaggable } from '../resource-tags';
import { ourResources } from '../stack-resources';
import type { AccountCheck } from './account-check';

/** Types that tag search does not know (Resource Groups guide, "Supported resources"). */
const NOT_SEARCHED = ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::Budgets::Budget'];

/** `1.1.AC6`: what `aws resourcegroupstaggingapi get-resources` finds. */
export const tagSearch: AccountCheck = {
  id: '1.1.AC6',
  async look(account) {
    const found = await searchByProject(account);
    const incomplete = found.flatMap(({ ResourceARN, Tags = [] }) => {
      const missing = REQUIRED_TAG_KEYS.filter((key) => !Tags.some(({ Key, Value }) => Key === key && Value));
      return missing.length > 0 ? [`${ResourceARN} lacks ${missing.join(', ')}`] : [];
    });
    const searched = (await ourResources(account)).filter(
      (resource) => isTaggable(resource) && !NOT_SEARCHED.includes(resource.type),
    );
    const unseen: string[] = [];
    for (const { type, physicalId } of searched) {
      const name = type === 'AWS::EC2::EIP' ? await allocationOf(account, physicalId) : physicalId;
      if (!found.some(({ ResourceARN = '' }) => namesResource(ResourceARN, name)))
        unseen.push(`${type} ${physicalId} is not found`);
    }
    return {
      wrong: [...incomplete, ...unseen],
      evidence: `${found.length} resources with tag Project, ${searched.length} of them in our stacks`,
    };
  },
};

/** Everything in the account that bears our Project. */
export async function searchByProject({ aws, config }: Account): Promise<ResourceTagMapping[]> {
  const found: ResourceTagMapping[] = [];
  const TagFilters = [{ Key: 'Project', Values: [config.foundation.tags.project] }];
  for await (const page of paginateGetResources({ client: aws.tagging }, { TagFilters }))
    found.push(...(page.ResourceTagMappingList ?? []));
  return found;
}

/** An ARN ends with what the service calls the resource. */
function namesResource(arn: string, id: string): boolean {
  const name = id.replace(/^\//, '');
  return arn === id || [':', '/'].some((separator) => arn.endsWith(`${separator}${name}`));
}
