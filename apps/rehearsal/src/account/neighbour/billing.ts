import type { Aws } from '../aws';
import { NEIGHBOUR_TAG_LIST } from './tags';

export const NEIGHBOUR_BUDGET = 'shop';
export const NEIGHBOUR_ALARM = 'shop-errors';

/** A budget and an alarm of the application, with tags of its own. */
export async function createBilling({ budgets, cloudWatch }: Aws, accountId: string): Promise<void> {
  await budgets.createBudget({
    AccountId: accountId,
    Budget: {
      BudgetName: NEIGHBOUR_BUDGET,
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: '2000', Unit: 'USD' },
    },
    NotificationsWithSubscribers: [
      {
        Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 90 },
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'shop@example.com' }],
      },
    ],
    ResourceTags: NEIGHBOUR_TAG_LIST,
  });
  await cloudWatch.putMetricAlarm({
    AlarmName: NEIGHBOUR_ALARM,
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    Tags: NEIGHBOUR_TAG_LIST,
  });
}
