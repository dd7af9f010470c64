import { type Budgets, paginateDescribeBudgets, paginateDescribeNotificationsForBudget } from '@aws-sdk/client-budgets';
import { all } from '../../account/pages';
import { listed, type Service } from '../kind';
import { orUnknown } from '../or-unknown';

const budgetsOfAccount = listed({
  name: 'budget',
  type: 'AWS::Budgets::Budget',
  pages: ({ aws: { budgets: client }, account: AccountId }) =>
    paginateDescribeBudgets({ client }, { AccountId, ShowFilterExpression: true }),
  items: ({ Budgets }) => Budgets,
  id: ({ BudgetName }) => BudgetName,
  properties: async (budget, { aws, account }) => ({
    ...budget,
    notifications: await orUnknown(() => notificationsOf(aws.budgets, account, String(budget.BudgetName))),
  }),
});

export const budgets: Service = { name: 'budgets', kinds: [budgetsOfAccount] };

/** By what each notification is for, with those who get it. */
async function notificationsOf(client: Budgets, AccountId: string, BudgetName: string): Promise<object> {
  const pages = paginateDescribeNotificationsForBudget({ client }, { AccountId, BudgetName });
  const found = await all(pages, ({ Notifications }) => Notifications);
  const described = found.map(async (Notification) => {
    const { NotificationType, ComparisonOperator, Threshold, ThresholdType = 'PERCENTAGE' } = Notification;
    const { Subscribers = [] } = await client.describeSubscribersForNotification({
      AccountId,
      BudgetName,
      Notification,
    });
    return [
      `${NotificationType} ${ComparisonOperator} ${Threshold} ${ThresholdType}`,
      Subscribers.map(({ SubscriptionType, Address }) => `${SubscriptionType} ${Address}`),
    ];
  });
  return Object.fromEntries(await Promise.all(described));
}
