import { type CostAllocationStatus, knownStates } from '@user-metrics/tagging/cost-allocation';
import { COST_OUTPUTS, COST_STACK } from '../stacks/stack-names';
import type { DeployedStage } from './deployed-stage';
import { inCostRegion } from './stack-resources';

/** What is known of the cost allocation tags of an account. */
export interface TagActivation extends CostAllocationStatus {
  /** When the function that activates them was deployed, in ISO 8601. */
  readonly since: string;
  /** USD of this month that the budget has counted: it filters by Project. */
  readonly spentUsd: number;
}

/** Reads what the function that activates the tags has published, and what the budget has counted. */
export async function tagActivation(deployed: DeployedStage): Promise<TagActivation> {
  const { aws, id: AccountId } = inCostRegion(deployed);
  const { Stacks: [stack] = [] } = await aws.cloudFormation.describeStacks({ StackName: COST_STACK });
  const outputs = new Map(stack?.Outputs?.map(({ OutputKey, OutputValue = '' }) => [OutputKey, OutputValue]));
  const Name = outputs.get(COST_OUTPUTS.tagStatusParameter) ?? '';
  const { Parameter } = await aws.ssm.getParameter({ Name });
  const BudgetName = outputs.get(COST_OUTPUTS.budgetName) ?? '';
  const { Budget } = await aws.budgets.describeBudget({ AccountId, BudgetName });
  const spentUsd = Number(Budget?.CalculatedSpend?.ActualSpend?.Amount ?? 0);
  const { keys = {}, ...status }: Partial<CostAllocationStatus> = JSON.parse(Parameter?.Value ?? '{}');
  const known = knownStates(keys, spentUsd > 0 ? ['Project'] : []);
  return { ...status, keys: known, spentUsd, since: stack?.CreationTime?.toISOString() ?? '' };
}
