import { paginateListCostAllocationTags } from '@aws-sdk/client-cost-explorer';
import { paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import { all } from '../../account/pages';
import { isFoundationStack } from '../../stacks/stack-names';
import { byId, type Kind, listed, type Service } from '../kind';

/** Types whose own services do not tell the tags along with the rest. */
const TYPES = ['cloudfront:distribution', 'cloudwatch:alarm', 'lambda:function', 's3', 'sns'];

const tagged: Kind = {
  name: 'tagged resource',
  type: '',
  read: async ({ aws: { tagging: client }, managed }) => {
    const pages = paginateGetResources({ client, pageSize: 100 }, { ResourceTypeFilters: TYPES });
    const found = await all(pages, ({ ResourceTagMappingList }) => ResourceTagMappingList);
    const ours = new Set(managed.resources.map(({ physicalId }) => physicalId));
    return found
      .map(({ ResourceARN = '', Tags }) => ({
        id: ResourceARN,
        properties: { Tags: byId(Tags, ({ Key, Value = '' }) => [Key, Value]) },
      }))
      .filter(({ id, properties: { Tags } }) => {
        const stack = String(Tags['aws:cloudformation:stack-name'] ?? '');
        return !(isFoundationStack(stack) || ours.has(id) || ours.has(id.split(/[:/]/).at(-1) ?? ''));
      });
  },
};

const costAllocationTags = listed({
  name: 'cost allocation tag',
  type: '',
  pages: ({ aws: { costExplorer: client } }) =>
    paginateListCostAllocationTags({ client, pageSize: 100 }, { Status: 'Active' }),
  items: ({ CostAllocationTags }) => CostAllocationTags,
  id: ({ TagKey, Type }) => (Type === 'AWSGenerated' ? `${TagKey} of AWS` : TagKey),
  properties: ({ TagKey, Type, ...tag }) => tag,
});

export const tags: Service = { name: 'tags', kinds: [tagged, costAllocationTags] };
