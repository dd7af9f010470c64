import type { Aws } from '../aws';
import { APPLICATION_TAG_LIST } from './tags';

export const APPLICATION_BUDGET = 'shop';
export const APPLICATION_ALARM = 'shop-errors';

/** A budget and an alarm of the application, with tags of its own. */
export async function createBilling({ budgets, cloudWatch }: Aws, accountId: string): Promise<void> {
  await budgets.createBudget({
    AccountId: accountId,
    Budget: {
      BudgetName: APPLICATION_BUDGET,
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
    ResourceTags: APPLICATION_TAG_LIST,
  });
  await cloudWatch.putMetricAlarm({
    AlarmName: APPLICATION_ALARM,
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    Tags: APPLICATION_TAG_LIST,
  });
}
