import type { Budget, NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import { COST_OUTPUTS, COST_STACK } from '@user-metrics/foundation';
import type { Account } from './account';
import { ourResources } from './stack-resources';

/** A budget of ours with its alerts. */
export interface DeployedBudget {
  readonly name: string;
  readonly budget: Budget;
  readonly alerts: readonly NotificationWithSubscribers[];
}

/** Name of the budget over the whole account, as the stack tells it. */
export async function accountBudgetName({ aws }: Pick<Account, 'aws'>): Promise<string> {
  const { Stacks: [stack] = [] } = await aws.cloudFormation.describeStacks({ StackName: COST_STACK });
  return stack?.Outputs?.find(({ OutputKey }) => OutputKey === COST_OUTPUTS.budgetName)?.OutputValue ?? '';
}

/** Every budget in our stacks. */
export async function ourBudgets(account: Account): Promise<DeployedBudget[]> {
  const found = (await ourResources(account)).filter(({ type }) => type === 'AWS::Budgets::Budget');
  return Promise.all(found.map(({ physicalId }) => describe(account, physicalId)));
}

async function describe({ aws: { budgets }, id: AccountId }: Account, BudgetName: string): Promise<DeployedBudget> {
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
