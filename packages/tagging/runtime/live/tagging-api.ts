import {
  type GetResourcesCommandInput,
  paginateGetResources,
  type Tag,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { TagValues } from '../../src/schema';
import type { Clients } from './clients';

/** Most resources that a page holds; pages may be shorter (GetResources, `ResourcesPerPage`). */
const PAGE = 100;

/** What the tagging API says of one resource. */
export interface TaggedArn {
  readonly arn: string;
  /** Tags of users. */
  readonly tags: TagValues;
  /** Logical id in its stack. @default - it has no system tag of CloudFormation */
  readonly logicalId?: string;
}

/** Resources that have a tag, page by page. The tagging API knows only what is or was tagged, and never IAM roles. */
export async function* resourcesTagged(
  { tagging }: Clients,
  key: string,
  values: string[] = [],
): AsyncGenerator<TaggedArn[]> {
  const filter: GetResourcesCommandInput = {
    TagFilters: [values.length > 0 ? { Key: key, Values: values } : { Key: key }],
    ResourcesPerPage: PAGE,
  };
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client: tagging }, filter)) {
    yield ResourceTagMappingList.map(({ ResourceARN = '', Tags = [] }) => {
      const logicalId = Tags.find(({ Key }) => Key === 'aws:cloudformation:logical-id')?.Value;
      return { arn: ResourceARN, tags: tagValues(Tags), ...(logicalId ? { logicalId } : {}) };
    });
  }
}

/** Tags of users as an object: those that AWS sets itself follow no schema. */
export function tagValues(tags: readonly Partial<Tag>[]): TagValues {
  const own = tags.filter(({ Key = '' }) => !Key.toLowerCase().startsWith('aws:'));
  return Object.fromEntries(own.map(({ Key = '', Value = '' }) => [Key, Value]));
}
