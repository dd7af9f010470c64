import { paginateListStackResources, paginateListStacks, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Account } from './account';

/** A resource that CloudFormation manages for us. */
export interface StackResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** Stacks of ours that exist, with their status. */
export async function ourStacks({ aws }: Pick<Account, 'aws'>): Promise<{ name: string; status: string }[]> {
  const live = Object.values(StackStatus).filter((status) => status !== StackStatus.DELETE_COMPLETE);
  const stacks: { name: string; status: string }[] = [];
  for await (const page of paginateListStacks({ client: aws.cloudFormation }, { StackStatusFilter: live })) {
    for (const { StackName = '', StackStatus: status = '' } of page.StackSummaries ?? [])
      if (StackName.startsWith('UserMetrics-')) stacks.push({ name: StackName, status });
  }
  return stacks;
}

/** Everything in our stacks. */
export async function ourResources(account: Pick<Account, 'aws'>): Promise<StackResource[]> {
  const resources: StackResource[] = [];
  for (const { name: StackName } of await ourStacks(account)) {
    for await (const page of paginateListStackResources({ client: account.aws.cloudFormation }, { StackName })) {
      for (const {
        LogicalResourceId = '',
        ResourceType = '',
        PhysicalResourceId = '',
      } of page.StackResourceSummaries ?? []) {
        resources.push({
          stack: StackName,
          logicalId: LogicalResourceId,
          type: ResourceType,
          physicalId: PhysicalResourceId,
        });
      }
    }
  }
  return resources;
}

/** Physical id of the first resource of a type in our stacks. */
export async function physicalIdOf(account: Pick<Account, 'aws'>, type: string): Promise<string> {
  return (await ourResources(account)).find((resource) => resource.type === type)?.physicalId ?? '';
}
