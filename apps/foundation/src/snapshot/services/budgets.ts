import { type Budgets, paginateDescribeBudgets, paginateDescribeNotificationsForBudget } from '@aws-sdk/client-budgets';
import { mapBounded } from '../../account/bounded';
import { all } from '../../account/pages';
import type { Kind, Service } from '../kind';
import { orUnknown } from '../or-unknown';

const budgetsOfAccount: Kind = {
  name: 'budget',
  type: 'AWS::Budgets::Budget',
  read: async ({ aws: { budgets: client }, account: AccountId, managed }) => {
    const pages = paginateDescribeBudgets({ client }, { AccountId, ShowFilterExpression: true });
    const found = (await all(pages, ({ Budgets }) => Budgets)).filter(
      ({ BudgetName }) => !managed.has('AWS::Budgets::Budget', BudgetName),
    );
    return mapBounded(found, async (budget) => ({
      id: String(budget.BudgetName),
      properties: {
        ...budget,
        notifications: await orUnknown(() => notificationsOf(client, AccountId, String(budget.BudgetName))),
      },
    }));
  },
};

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
