import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { COST_TREND_STREAM, type CostExplorerState, type StateLine } from '@user-metrics/cost/cost-explorer';
import type { DeployedStage } from './deployed-stage';
import { inCostRegion, resourcesOf } from './stack-resources';

/** Days back in which a daily run must have been. */
const DAYS = 3;

/** What the function that reads the cost of the project wrote last; nothing before its first run, or where there is none. */
export async function newestTrendState(stage: DeployedStage): Promise<CostExplorerState | undefined> {
  const deployed = inCostRegion(stage);
  const groups = await resourcesOf(deployed, 'AWS::Logs::LogGroup');
  const group = groups.find(({ logicalId }) => logicalId.startsWith('CostTrend'));
  if (!group) return undefined;
  const states: StateLine[] = [];
  const pages = paginateFilterLogEvents(
    { client: deployed.aws.logs },
    {
      logGroupName: group.physicalId,
      logStreamNames: [COST_TREND_STREAM],
      startTime: Date.now() - DAYS * 86_400_000,
    },
  );
  for await (const { events = [] } of pages)
    for (const { message = '{}' } of events) {
      const line = JSON.parse(message);
      if (line.kind === 'state') states.push(line);
    }
  const [newest] = states.sort((one, other) => other.checkedAt.localeCompare(one.checkedAt));
  return newest?.state as CostExplorerState | undefined;
}
