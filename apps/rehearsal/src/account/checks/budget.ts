import type { NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import { type Account, costOf } from '../account';
import { physicalIdOf } from '../stack-resources';
import { type AccountCheck, differencesOf } from './account-check';

/** `1.4.AC1`: limit and alerts, and that each reaches the topic. */
export const budget: AccountCheck = {
  id: '1.4.AC1',
  async look(account) {
    const cost = costOf(account);
    const BudgetName = await physicalIdOf(account, 'AWS::Budgets::Budget');
    const topic = await physicalIdOf(account, 'AWS::SNS::Topic');
    const { Budget } = await account.aws.budgets.describeBudget({ AccountId: account.id, BudgetName });
    const alerts = await alertsOf(account, BudgetName);
    const deaf = alerts.filter(({ Subscribers = [] }) => !Subscribers.some(({ Address }) => Address === topic));
    const limit = `${Number(Budget?.BudgetLimit?.Amount)} ${Budget?.BudgetLimit?.Unit} ${Budget?.TimeUnit}`;
    const expected = cost.thresholds.map((threshold) => `ACTUAL ${threshold} PERCENTAGE`);
    const found = alerts.map(describe);
    return {
      wrong: [
        ...(limit === `${cost.limit} USD MONTHLY` ? [] : [`the limit is ${limit}`]),
        ...differencesOf(
          'the budget',
          found.filter((alert) => expected.includes(alert)),
          expected,
        ),
        ...deaf.map((alert) => `${describe(alert)} does not reach the topic`),
      ],
      evidence: `${limit}; ${found.join(', ')}`,
    };
  },
};

async function alertsOf({ aws, id: AccountId }: Account, BudgetName: string): Promise<NotificationWithSubscribers[]> {
  const { Notifications = [] } = await aws.budgets.describeNotificationsForBudget({ AccountId, BudgetName });
  return Promise.all(
    Notifications.map(async (Notification) => {
      const { Subscribers } = await aws.budgets
        .describeSubscribersForNotification({ AccountId, BudgetName, Notification })
        .catch(() => ({ Subscribers: [] }));
      return { Notification, Subscribers };
    }),
  );
}

function describe({ Notification }: NotificationWithSubscribers): string {
  const { NotificationType, Threshold, ThresholdType = 'PERCENTAGE' } = Notification ?? {};
  return `${NotificationType} ${Threshold} ${ThresholdType}`;
}
