import type { Budget, NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { Account } from '../../../lib/src/account/account';
import { accountBudgetName } from '../../../lib/src/account/budgets';
import { NEIGHBOUR_ALARM, NEIGHBOUR_BUDGET } from '../../../lib/src/account/neighbour/billing';
import { ourResources, physicalIdOf } from '../../../lib/src/account/stack-resources';
import type { Case, Restore } from './case';
import { roleOf } from './roles';

async function withBudget(account: Account, change: Budget | object, name?: string): Promise<Restore> {
  const { budgets } = account.aws;
  const AccountId = account.id;
  const BudgetName = name ?? (await accountBudgetName(account));
  const { Budget } = await budgets.describeBudget({ AccountId, BudgetName });
  const before = Budget as Budget;
  await budgets.updateBudget({ AccountId, NewBudget: { ...before, ...change } });
  return () => budgets.updateBudget({ AccountId, NewBudget: before });
}

const ALERT = { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 80 } as const;

/** Takes the alert at 80 % away, or leaves it with other subscribers. */
async function withAlert(account: Account, others: NotificationWithSubscribers['Subscribers']): Promise<Restore> {
  const { budgets } = account.aws;
  const Notification = { ...ALERT, ThresholdType: 'PERCENTAGE' } as const;
  const where = {
    AccountId: account.id,
    BudgetName: await accountBudgetName(account),
    Notification,
  };
  const { Subscribers } = await budgets.describeSubscribersForNotification(where);
  await budgets.deleteNotification(where);
  if (others) await budgets.createNotification({ ...where, Subscribers: others });
  return async () => {
    if (others) await budgets.deleteNotification(where);
    await budgets.createNotification({ ...where, Subscribers });
  };
}

/** Puts another body into the dashboard of cost. */
async function withDashboard(account: Account, change: (body: string) => string): Promise<Restore> {
  const { cloudWatch } = account.aws;
  const dashboards = (await ourResources(account)).filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
  const DashboardName = dashboards.find(({ stack }) => stack.endsWith('CostReports'))?.physicalId;
  const { DashboardBody = '' } = await cloudWatch.getDashboard({ DashboardName });
  await cloudWatch.putDashboard({ DashboardName, DashboardBody: change(DashboardBody) });
  return () => cloudWatch.putDashboard({ DashboardName, DashboardBody });
}

async function withTopicPolicy(
  account: Account,
  change: (statement: Record<string, unknown>) => object,
): Promise<Restore> {
  const { sns } = account.aws;
  const TopicArn = await physicalIdOf(account, 'AWS::SNS::Topic');
  const { Attributes } = await sns.getTopicAttributes({ TopicArn });
  const policy = Attributes?.['Policy'] ?? '';
  const { Statement, ...rest } = JSON.parse(policy);
  const put = (AttributeValue: string) => sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue });
  await put(JSON.stringify({ ...rest, Statement: Statement.map(change) }));
  return () => put(policy);
}

/** Changes the alarm for inactive budget tags. */
async function withAlarm(account: Account, change: Partial<PutMetricAlarmCommandInput>): Promise<Restore> {
  const { cloudWatch } = account.aws;
  const alarms = (await ourResources(account)).filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  const AlarmNames = alarms.filter(({ stack }) => stack.endsWith('-Cost')).map(({ physicalId }) => physicalId);
  const { MetricAlarms: [alarm] = [] } = await cloudWatch.describeAlarms({ AlarmNames });
  const before = alarm as PutMetricAlarmCommandInput;
  await cloudWatch.putMetricAlarm({ ...before, ...change });
  return () => cloudWatch.putMetricAlarm(before);
}

/** Budget, dashboard and topic. */
export const COST: readonly Case[] = [
  {
    id: '1.4.AC1',
    what: 'the limit is another',
    broken: (account) => withBudget(account, { BudgetLimit: { Amount: '1500', Unit: 'USD' } }),
    says: /^the limit of the budget is 1500 USD MONTHLY$/,
  },
  {
    id: '1.4.AC1',
    what: 'the budget counts credits and refunds',
    broken: (account) => withBudget(account, { CostTypes: { IncludeCredit: true, IncludeRefund: true } }),
    says: /^the budget counts credits and refunds: true$/,
  },
  {
    id: '1.4.AC1',
    what: 'an alert is missing',
    broken: (account) => withAlert(account, undefined),
    says: /^the budget lacks ACTUAL 80 PERCENTAGE$/,
  },
  {
    id: '1.4.AC1',
    what: 'an alert goes to somebody else',
    broken: (account) => withAlert(account, [{ SubscriptionType: 'EMAIL', Address: 'somebody@example.com' }]),
    says: /^ACTUAL 80 PERCENTAGE of the budget does not reach the topic alone$/,
  },
  {
    id: '1.4.AC2',
    what: 'the budget counts another project',
    broken: (account) => withBudget(account, { CostFilters: { TagKeyValue: ['user:Project$Shop'] } }),
    says: /^the budget counts user:Project\$Shop$/,
  },
  {
    id: '1.4.AC2',
    what: 'a resource belongs to another project',
    broken: async (account) => {
      const { iam } = account.aws;
      const RoleName = await roleOf(account, 'grafana');
      const tag = (Value: string) => iam.tagRole({ RoleName, Tags: [{ Key: 'Project', Value }] });
      await tag('Shop');
      return () => tag(account.config.foundation.tags.project);
    },
    says: /carries Project=Shop$/,
  },
  {
    id: '1.4.AC3',
    what: 'the dashboard shows what nobody publishes',
    broken: (account) => withDashboard(account, (body) => body.replaceAll('EstimatedCharges', 'Charges')),
    says: /^nobody publishes AWS\/Billing Charges/,
  },
  {
    id: '1.4.AC3',
    what: 'the dashboard shows no service',
    broken: (account) => withDashboard(account, (body) => body.replaceAll('ServiceName', 'LinkedAccount')),
    says: /^no dashboard shows the cost of a service$/,
  },
  {
    id: '1.4.AC4',
    what: 'another service may send',
    broken: (account) =>
      withTopicPolicy(account, (statement) =>
        JSON.parse(JSON.stringify(statement).replace('budgets.amazonaws.com', 'events.amazonaws.com')),
      ),
    says: /^the topic lacks budgets\.amazonaws\.com; the topic has events\.amazonaws\.com too$/,
  },
  {
    id: '1.4.AC4',
    what: 'every account may send',
    broken: (account) => withTopicPolicy(account, ({ Condition, ...statement }) => statement),
    says: /budgets\.amazonaws\.com may send for any account/,
  },
  {
    id: '1.4.AC4',
    what: 'somebody else gets the alerts',
    broken: async (account) => {
      const { sns } = account.aws;
      const TopicArn = await physicalIdOf(account, 'AWS::SNS::Topic');
      const { SubscriptionArn } = await sns.subscribe({
        TopicArn,
        Protocol: 'email',
        Endpoint: 'somebody@example.com',
        ReturnSubscriptionArn: true,
      });
      return () => sns.unsubscribe({ SubscriptionArn });
    },
    says: /^the list of subscribers has somebody@example\.com too$/,
  },
  {
    id: 'work.inactive-budget-tags',
    what: 'the alarm tells nobody',
    broken: (account) => withAlarm(account, { ActionsEnabled: false }),
    says: /^the alarm tells nobody$/,
  },
  {
    id: 'work.inactive-budget-tags',
    what: 'no value counts as a good one',
    broken: (account) => withAlarm(account, { TreatMissingData: 'notBreaching' }),
    says: /^no value counts as notBreaching$/,
  },
  {
    id: 'work.inactive-budget-tags',
    what: 'it clears itself before costs bear the tag',
    broken: (account) => withAlarm(account, { EvaluationPeriods: 1 }),
    says: /^it goes off after 1 of 1 days$/,
  },
  {
    id: 'work.inactive-budget-tags',
    what: 'it goes to somebody else, and says nothing',
    broken: (account) =>
      withAlarm(account, {
        AlarmActions: ['arn:aws:sns:us-east-1:000000000000:shop'],
        OKActions: [],
        AlarmDescription: 'Tags',
      }),
    says: /^the alarm lacks arn:\S+Alerts\S*; the alarm has arn:aws:sns:us-east-1:000000000000:shop too; its end lacks arn:\S+; it does not say what it means; it does not say what the payer account has to do$/,
  },
  {
    id: 'work.inactive-budget-tags',
    what: 'no dashboard shows it',
    broken: (account) => withDashboard(account, (body) => body.replaceAll(':alarm:', ':nothing:')),
    says: /^no dashboard shows it$/,
  },
  {
    id: '1.4.IV1',
    what: "the application's budget has another limit",
    broken: (account) => withBudget(account, { BudgetLimit: { Amount: '150', Unit: 'USD' } }, NEIGHBOUR_BUDGET),
    says: /^budget\.BudgetLimit\.Amount changed$/,
  },
  {
    id: '1.4.IV1',
    what: "the application's alarm is switched off",
    broken: async ({ aws }) => {
      await aws.cloudWatch.disableAlarmActions({ AlarmNames: [NEIGHBOUR_ALARM] });
      return () => aws.cloudWatch.enableAlarmActions({ AlarmNames: [NEIGHBOUR_ALARM] });
    },
    says: /^alarm\.0\.ActionsEnabled changed$/,
  },
  {
    id: '1.4.IV2',
    what: "a function of the application's has another tag",
    broken: async ({ aws }) => {
      const { Configuration } = await aws.lambda.getFunction({ FunctionName: 'shop-customers' });
      const Resource = Configuration?.FunctionArn;
      await aws.lambda.tagResource({ Resource, Tags: { Owner: 'platform' } });
      return () => aws.lambda.untagResource({ Resource, TagKeys: ['Owner'] });
    },
    says: /^tags of shop-customers\.Owner is new$/,
  },
];
