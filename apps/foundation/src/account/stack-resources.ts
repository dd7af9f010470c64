import { paginateListStackResources, paginateListStacks, StackStatus } from '@aws-sdk/client-cloudformation';
import { isFoundationStack } from '../stacks/stack-names';
import type { DeployedStage, StackResource } from './deployed-stage';

type Deployed = Pick<DeployedStage, 'aws' | 'listedResources'>;

/** Stacks of the foundation that exist, with their status. */
export async function listStacks({ aws }: Pick<DeployedStage, 'aws'>): Promise<{ name: string; status: string }[]> {
  const live = Object.values(StackStatus).filter((status) => status !== StackStatus.DELETE_COMPLETE);
  const stacks: { name: string; status: string }[] = [];
  for await (const page of paginateListStacks({ client: aws.cloudFormation }, { StackStatusFilter: live })) {
    for (const { StackName = '', StackStatus: status = '' } of page.StackSummaries ?? [])
      if (isFoundationStack(StackName)) stacks.push({ name: StackName, status });
  }
  return stacks;
}

/** Every resource of the stacks of the foundation. */
export async function stackResources({ aws, listedResources }: Deployed): Promise<readonly StackResource[]> {
  return listedResources ? listedResources() : listResources(aws);
}

/** Lists the resources once for everything that asks for them afterwards. */
export function withResourcesListedOnce<T extends Deployed>(deployed: T): T {
  let listed: Promise<readonly StackResource[]> | undefined;
  const listedResources = () => {
    listed ??= listResources(deployed.aws);
    return listed;
  };
  return { ...deployed, listedResources };
}

async function listResources(aws: DeployedStage['aws']): Promise<StackResource[]> {
  const found: StackResource[] = [];
  for (const { name: stack } of await listStacks({ aws })) {
    for await (const page of paginateListStackResources({ client: aws.cloudFormation }, { StackName: stack })) {
      for (const summary of page.StackResourceSummaries ?? []) {
        const { LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' } = summary;
        found.push({ stack, logicalId: LogicalResourceId, type: ResourceType, physicalId: PhysicalResourceId });
      }
    }
  }
  return found;
}

/** Resources of a type, in the order of the stacks. */
export async function resourcesOf(deployed: Deployed, type: string): Promise<readonly StackResource[]> {
  return (await stackResources(deployed)).filter((resource) => resource.type === type);
}

/** Physical id of the first resource of a type; empty when there is none. */
export async function physicalIdOf(deployed: Deployed, type: string): Promise<string> {
  return (await resourcesOf(deployed, type))[0]?.physicalId ?? '';
}
