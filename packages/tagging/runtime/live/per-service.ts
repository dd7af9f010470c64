import { ListTagsForResourceCommand } from '@aws-sdk/client-budgets';
import { GetResourceCommand } from '@aws-sdk/client-cloudcontrol';
import {
  paginateListOpenIDConnectProviderTags,
  paginateListRoleTags,
  paginateListServerCertificateTags,
  paginateListUserTags,
} from '@aws-sdk/client-iam';
import type { TagValues } from '../../src/schema';
import { tagPropertyOf } from '../../src/taggable-types';
import type { Clients } from './clients';
import { tagValues } from './tagging-api';

type Reader = (clients: Clients, id: string) => Promise<TagValues>;

interface Page {
  readonly Tags?: { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

async function allOf(pages: AsyncIterable<Page>): Promise<TagValues> {
  const tags: { Key: string; Value: string }[] = [];
  for await (const { Tags = [] } of pages) tags.push(...Tags.map(({ Key = '', Value = '' }) => ({ Key, Value })));
  return tagValues(tags);
}

/**
 * Types with a call of their own: those of IAM, for which Cloud Control would need further rights, and budgets, whose type has no
 * handlers in CloudFormation's registry for Cloud Control to use.
 */
const READERS: { readonly [type: string]: Reader } = {
  'AWS::IAM::Role': ({ iam }, RoleName) => allOf(paginateListRoleTags({ client: iam }, { RoleName })),
  'AWS::IAM::User': ({ iam }, UserName) => allOf(paginateListUserTags({ client: iam }, { UserName })),
  'AWS::IAM::OIDCProvider': ({ iam }, OpenIDConnectProviderArn) =>
    allOf(paginateListOpenIDConnectProviderTags({ client: iam }, { OpenIDConnectProviderArn })),
  'AWS::IAM::ServerCertificate': ({ iam }, ServerCertificateName) =>
    allOf(paginateListServerCertificateTags({ client: iam }, { ServerCertificateName })),
  'AWS::Budgets::Budget': async ({ budgets, account, region }, name) => {
    const ResourceARN = `arn:${partitionOf(region)}:budgets::${account}:budget/${name}`;
    const { ResourceTags = [] } = await budgets.send(new ListTagsForResourceCommand({ ResourceARN }));
    return tagValues(ResourceTags);
  },
};

/**
 * Tags of one resource of a stack, from its own service, or from Cloud Control, which reads any type that has handlers.
 *
 * @throws Error when AWS does not tell them
 */
export async function readTags(clients: Clients, type: string, id: string): Promise<TagValues> {
  return (READERS[type] ?? fromCloudControl(type))(clients, id);
}

function fromCloudControl(type: string): Reader {
  return async ({ cloudControl }, Identifier) => {
    const { ResourceDescription } = await cloudControl.send(new GetResourceCommand({ TypeName: type, Identifier }));
    const properties = JSON.parse(ResourceDescription?.Properties ?? '{}') as { [property: string]: unknown };
    const written = properties[tagPropertyOf(type)?.property ?? 'Tags'] ?? [];
    return Array.isArray(written) ? tagValues(written) : (written as TagValues);
  };
}

/** What a person types to see the tags of a resource. */
export function commandFor({ account, region }: Clients, type: string | undefined, id: string): string {
  const partition = partitionOf(region);
  switch (type) {
    case undefined:
      return `aws resourcegroupstaggingapi get-resources --region ${region} --resource-arn-list '${id}'`;
    case 'AWS::IAM::Role':
      return `aws iam list-role-tags --role-name '${id}'`;
    case 'AWS::IAM::User':
      return `aws iam list-user-tags --user-name '${id}'`;
    case 'AWS::IAM::OIDCProvider':
      return `aws iam list-open-id-connect-provider-tags --open-id-connect-provider-arn '${id}'`;
    case 'AWS::IAM::ServerCertificate':
      return `aws iam list-server-certificate-tags --server-certificate-name '${id}'`;
    case 'AWS::Budgets::Budget':
      return `aws budgets list-tags-for-resource --resource-arn 'arn:${partition}:budgets::${account}:budget/${id}'`;
    default:
      return `aws cloudcontrol get-resource --region ${region} --type-name ${type} --identifier '${id}'`;
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
