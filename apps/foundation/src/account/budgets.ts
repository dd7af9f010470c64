import type { Budget, NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import { COST_OUTPUTS, COST_STACK } from '../stacks/stack-names';
import type { DeployedStage } from './deployed-stage';
import { resourcesOf } from './stack-resources';

/** A budget of the foundation with its alerts. */
export interface DeployedBudget {
  readonly name: string;
  readonly budget: Budget;
  readonly alerts: readonly NotificationWithSubscribers[];
}

/** Name of the budget over the whole account, as the stack tells it. */
export async function accountBudgetName({ aws }: Pick<DeployedStage, 'aws'>): Promise<string> {
  const { Stacks: [stack] = [] } = await aws.cloudFormation.describeStacks({ StackName: COST_STACK });
  return stack?.Outputs?.find(({ OutputKey }) => OutputKey === COST_OUTPUTS.budgetName)?.OutputValue ?? '';
}

/** Every budget in the stacks. */
export async function deployedBudgets(deployed: DeployedStage): Promise<DeployedBudget[]> {
  const found = await resourcesOf(deployed, 'AWS::Budgets::Budget');
  return Promise.all(found.map(({ physicalId }) => describe(deployed, physicalId)));
}

async function describe(
  { aws: { budgets }, id: AccountId }: Pick<DeployedStage, 'aws' | 'id'>,
  BudgetName: string,
): Promise<DeployedBudget> {
  const { Budget } = await budgets.describeBudget({ AccountId, BudgetName, ShowFilterExpression: true });
  const { Notifications = [] } = await budgets.describeNotificationsForBudget({ AccountId, BudgetName });
  const alerts = Notifications.map(async (Notification) => {
    const { Subscribers } = await budgets
      .describeSubscribersForNotification({ AccountId, BudgetName, Notification })
      .catch(() => ({ Subscribers: [] }));
    return { Notification, Subscribers };
  });
  return { name: BudgetName, budget: Budget as Budget, alerts: await Promise.all(alerts) };
}
