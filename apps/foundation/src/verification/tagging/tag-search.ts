import { paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import { REQUIRED_TAG_KEYS } from '@user-metrics/tagging/schema';
import type { DeployedStage } from '../../account/deployed-stage';
import { all } from '../../account/pages';
import { allocationOf, isTaggable, type Tags } from '../../account/resource-tags';
import { stackResources } from '../../account/stack-resources';
import type { Criterion } from '../criterion';

/** Types that tag search does not know, or not in each Region of the cost stacks (Resource Groups guide, "Supported resources"). */
const NOT_SEARCHED = [
  'AWS::BCM::Dashboard',
  'AWS::BCM::ScheduledReport',
  'AWS::Budgets::Budget',
  'AWS::CE::AnomalyMonitor',
  'AWS::CE::AnomalySubscription',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::ResourceGroups::Group',
];

export interface ObservedSearch {
  /** Everything in the account with the tag Project of the configuration. */
  readonly found: readonly { readonly arn: string; readonly tags: Tags }[];
  /** Resources of the stacks that tag search knows. */
  readonly searched: readonly SearchedResource[];
}

interface SearchedResource {
  readonly type: string;
  readonly physicalId: string;
  /** What its ARN ends with. */
  readonly name: string;
}

/** `1.1.AC6`: what `aws resourcegroupstaggingapi get-resources` finds. */
export const tagSearch: Criterion<ObservedSearch> = {
  id: '1.1.AC6',
  async observe(deployed) {
    const resources = (await stackResources(deployed)).filter(isTaggable);
    const searched: SearchedResource[] = [];
    for (const { type, physicalId } of resources.filter((resource) => !NOT_SEARCHED.includes(resource.type))) {
      const name = type === 'AWS::EC2::EIP' ? await allocationOf(deployed, physicalId) : physicalId;
      searched.push({ type, physicalId, name });
    }
    return { found: await searchByProject(deployed), searched };
  },
  evaluate({ found, searched }) {
    const incomplete = found.flatMap(({ arn, tags }) => {
      const missing = REQUIRED_TAG_KEYS.filter((key) => !tags[key]);
      return missing.length > 0 ? [`${arn} lacks ${missing.join(', ')}`] : [];
    });
    const absent = searched.filter(({ name }) => !found.some(({ arn }) => namesResource(arn, name)));
    return {
      wrong: [...incomplete, ...absent.map(({ type, physicalId }) => `${type} ${physicalId} is not found`)],
      evidence: `${found.length} resources with tag Project, ${searched.length} of them in our stacks`,
    };
  },
};

/** Everything in the account with the tag Project of the configuration. */
export async function searchByProject({
  aws,
  config,
}: Pick<DeployedStage, 'aws' | 'config'>): Promise<{ arn: string; tags: Tags }[]> {
  const TagFilters = [{ Key: 'Project', Values: [config.foundation.tags.project] }];
  const pages = paginateGetResources({ client: aws.tagging }, { TagFilters });
  const found = await all(pages, ({ ResourceTagMappingList }) => ResourceTagMappingList);
  return found.map(({ ResourceARN: arn = '', Tags: tags = [] }) => ({
    arn,
    tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
  }));
}

/** An ARN ends with what the service calls the resource. */
function namesResource(arn: string, id: string): boolean {
  const name = id.replace(/^\//, '');
  return arn === id || [':', '/'].some((separator) => arn.endsWith(`${separator}${name}`));
}
