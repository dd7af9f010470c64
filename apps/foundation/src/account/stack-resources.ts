import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { accountStackNames, isFoundationStack, parseStageStackName } from '../stacks/stack-names';
import { mapBounded } from './bounded';
import { costOf, type DeployedStage, type StackResource } from './deployed-stage';
import { type LiveStack, liveStacks } from './live-stacks';
import { all } from './pages';
import { once } from './recorded-calls';

type StackIn = Pick<DeployedStage, 'aws' | 'region'> & { readonly name: string };

/** Stacks of the foundation that exist, with their status. */
export async function listStacks({ aws }: Pick<DeployedStage, 'aws'>): Promise<LiveStack[]> {
  return (await liveStacks(aws.cloudFormation)).filter(({ name }) => isFoundationStack(name));
}

/** An account with or without one stage that is meant. */
type Deployed = Pick<DeployedStage, 'aws'> & Partial<DeployedStage>;

/** Every resource of the stacks that the configuration gives the stage that is meant; of all stacks of the foundation where none is. */
export async function stackResources(deployed: Deployed): Promise<readonly StackResource[]> {
  return deployed.listedResources ? deployed.listedResources() : listResources(deployed);
}

/** Lists the resources once for everything that asks for them afterwards. */
export function withResourcesListedOnce<T extends DeployedStage>(deployed: T): T {
  return { ...deployed, listedResources: once(() => listResources(deployed)) };
}

/** The stage as the Region of the account's cost stacks sees it, with the resources that are there. */
export function inCostRegion(deployed: DeployedStage): DeployedStage {
  const { costAws: aws, ...rest } = deployed;
  const { region } = costOf(deployed);
  if (!aws || region === deployed.region) return deployed;
  const listedResources = async () => (await stackResources(deployed)).filter((resource) => resource.region === region);
  return { ...rest, aws, region, listedResources };
}

/** The stage as the Region of one of its resources sees it. */
export function inRegionOf(deployed: DeployedStage, { region }: StackResource): DeployedStage {
  return region === deployed.region ? deployed : inCostRegion(deployed);
}

async function listResources(deployed: Deployed): Promise<StackResource[]> {
  const { aws, region = '', costAws, id, config } = deployed;
  const costRegion = costAws && id && config ? [{ aws: costAws, region: costOf({ id, config }).region }] : [];
  const regions = [{ aws, region }, ...costRegion];
  const stacks = await mapBounded(regions, async (place) =>
    (await listStacks(place)).flatMap(({ name }) => (isOf(deployed, place.region, name) ? [{ name, ...place }] : [])),
  );
  return (await mapBounded(stacks.flat(), resourcesIn)).flat();
}

/** Other stages have checks of their own, and so have the stacks of another configuration of the account. */
function isOf({ stage, region, id, config }: Deployed, where: string, stack: string): boolean {
  if (!stage || !region || !id || !config) return true;
  const other = parseStageStackName(stack);
  return other ? other.stage === stage : accountStackNames(where, { region }, costOf({ id, config })).includes(stack);
}

async function resourcesIn({ name: stack, aws, region }: StackIn): Promise<StackResource[]> {
  const pages = paginateListStackResources({ client: aws.cloudFormation }, { StackName: stack });
  const summaries = await all(pages, ({ StackResourceSummaries }) => StackResourceSummaries);
  return summaries.map(({ LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' }) => ({
    stack,
    region,
    logicalId: LogicalResourceId,
    type: ResourceType,
    physicalId: PhysicalResourceId,
  }));
}

/** Resources of a type, in the order of the stacks. */
export async function resourcesOf(deployed: DeployedStage, type: string): Promise<readonly StackResource[]> {
  return (await stackResources(deployed)).filter((resource) => resource.type === type);
}

/** Physical id of the first resource of a type; empty when there is none. */
export async function physicalIdOf(deployed: DeployedStage, type: string): Promise<string> {
  return (await resourcesOf(deployed, type))[0]?.physicalId ?? '';
}
