import type { NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import type { CostExplorerState } from '@user-metrics/cost/cost-explorer';
import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';
import { expect, test } from 'vitest';
import type { DeployedBudget } from '../../../src/account/budgets';
import { metricsIn } from '../../../src/account/dashboards';
import { activationOf } from '../../../src/verification/cost/activation';
import { alertTopic } from '../../../src/verification/cost/alert-topic';
import { billingReports } from '../../../src/verification/cost/billing-reports';
import { budget } from '../../../src/verification/cost/budget';
import { budgetFilter } from '../../../src/verification/cost/budget-filter';
import { costReport } from '../../../src/verification/cost/cost-report';
import { dashboards } from '../../../src/verification/cost/dashboards';
import { inactiveTagsAlarm } from '../../../src/verification/cost/inactive-tags-alarm';
import { ACCOUNT, expectedStage, testCriterion } from './criterion-cases';

const TOPIC = `arn:aws:sns:eu-central-1:${ACCOUNT}:alerts`;
const alert = (Threshold: number, Address = TOPIC): NotificationWithSubscribers => ({
  Notification: {
    NotificationType: 'ACTUAL',
    ComparisonOperator: 'GREATER_THAN',
    Threshold,
    ThresholdType: 'PERCENTAGE',
  },
  Subscribers: [{ SubscriptionType: 'SNS', Address }],
});

const ofAccount: DeployedBudget = {
  name: 'account',
  budget: {
    BudgetName: 'account',
    BudgetType: 'COST',
    TimeUnit: 'MONTHLY',
    BudgetLimit: { Amount: '150.0', Unit: 'USD' },
    CostTypes: { IncludeCredit: false, IncludeRefund: false },
  },
  alerts: [alert(80), alert(100)],
};
const ofStage: DeployedBudget = {
  name: 'dev',
  budget: {
    BudgetName: 'dev',
    BudgetType: 'COST',
    TimeUnit: 'MONTHLY',
    BudgetLimit: { Amount: '40', Unit: 'USD' },
    FilterExpression: {
      And: [
        { Tags: { Key: 'Project', Values: ['UserMetrics'] } },
        { Tags: { Key: 'Environment', Values: ['dev'] } },
        { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } },
      ],
    },
  },
  alerts: [alert(80), alert(100)],
};
const budgets = { accountBudget: 'account', topic: TOPIC, budgets: [ofAccount] };
const withBudget = (change: object) => ({
  ...budgets,
  budgets: [{ ...ofAccount, budget: { ...ofAccount.budget, ...change } }],
});
const withAlerts = (...alerts: ReturnType<typeof alert>[]) => ({ ...budgets, budgets: [{ ...ofAccount, alerts }] });
const stageLimit = expectedStage((_, cost) => {
  Object.assign(cost, { stageLimits: { dev: 40 } });
});

testCriterion(budget, budgets, {
  'the limit is another': {
    observed: withBudget({ BudgetLimit: { Amount: '1500', Unit: 'USD' } }),
    says: ['the limit of the budget is 1500 USD MONTHLY'],
  },
  'the budget counts credits and refunds': {
    observed: withBudget({ CostTypes: { IncludeCredit: true, IncludeRefund: true } }),
    says: ['the budget counts credits and refunds: true'],
  },
  'an alert is missing': { observed: withAlerts(alert(100)), says: ['the budget lacks ACTUAL 80 PERCENTAGE'] },
  'an alert goes to somebody else': {
    observed: withAlerts(alert(80, 'somebody@example.com'), alert(100)),
    says: ['ACTUAL 80 PERCENTAGE of the budget does not reach the topic alone'],
  },
  'an alert goes to nobody': {
    observed: withAlerts(alert(80), { ...alert(100), Subscribers: [] }),
    says: ['ACTUAL 100 PERCENTAGE of the budget does not reach the topic alone'],
  },
  'there is no budget': { observed: { ...budgets, budgets: [] }, says: ['the budget is not there'] },
  'the stage has no budget of its own': { expected: stageLimit, says: ['the budget of stage dev is not there'] },
  'a budget that the configuration does not ask for': {
    observed: { ...budgets, budgets: [ofAccount, ofStage] },
    says: ['1 budgets are ours that the configuration does not ask for'],
  },
  'the budget of the stage has another limit': {
    observed: {
      ...budgets,
      budgets: [ofAccount, { ...ofStage, budget: { ...ofStage.budget, BudgetLimit: { Amount: '7', Unit: 'USD' } } }],
    },
    expected: stageLimit,
    says: ['the limit of the budget of stage dev is 7 USD MONTHLY'],
  },
});

test('a budget of the stage passes by its tags', () => {
  const { wrong, evidence } = budget.evaluate({ ...budgets, budgets: [ofStage, ofAccount] }, stageLimit);
  expect(wrong).toEqual([]);
  expect(evidence).toContain('the budget of stage dev: 40 USD MONTHLY, ACTUAL 80 PERCENTAGE, ACTUAL 100 PERCENTAGE');
});

const filter = {
  resources: [{ type: 'AWS::IAM::Role', physicalId: 'grafana', tags: { Project: 'UserMetrics' } }],
  filter: 'user:Project$UserMetrics',
};

testCriterion(budgetFilter, filter, {
  'the budget counts another project': {
    observed: { ...filter, filter: 'user:Project$Shop' },
    says: ['the budget counts user:Project$Shop'],
  },
  'the budget counts everything': {
    observed: { ...filter, filter: undefined },
    says: ['the budget counts everything'],
  },
  'a resource belongs to another project': {
    observed: { ...filter, resources: [{ type: 'AWS::IAM::Role', physicalId: 'grafana', tags: { Project: 'Shop' } }] },
    says: ['grafana carries Project=Shop'],
  },
});

const metric = (namespace: string, name: string, dimensions: { [name: string]: string } = {}) => ({
  namespace,
  name,
  dimensions,
});
const sizeIn = (StorageType: string) => metric('AWS/S3', 'BucketSizeBytes', { BucketName: 'recordings', StorageType });
const charges = metric('AWS/Billing', 'EstimatedCharges', { ServiceName: 'AmazonS3' });
const sizes = [sizeIn('StandardStorage'), sizeIn('IntelligentTieringFAStorage'), sizeIn('IntelligentTieringIAStorage')];
const shown = {
  metrics: [charges, ...sizes],
  storageClasses: { recordings: ['INTELLIGENT_TIERING'] },
  trend: 'ok' as CostExplorerState | undefined,
};

testCriterion(dashboards, shown, {
  'Cost Explorer is hidden by the payer': {
    observed: { ...shown, trend: 'hidden-by-payer' },
    says: [expect.stringContaining('The payer (management) account hides Cost Explorer')],
  },
  'Cost Explorer is not enabled': {
    observed: { ...shown, trend: 'not-enabled' },
    says: [expect.stringContaining('Cost Explorer is not enabled in this account')],
  },
  'the dashboard shows what nobody publishes': {
    observed: { ...shown, metrics: [...shown.metrics, metric('AWS/Billing', 'Charges')] },
    says: ['nobody publishes AWS/Billing Charges'],
  },
  'the dashboard shows no service': {
    observed: { ...shown, metrics: sizes },
    says: ['no dashboard shows the cost of a service'],
  },
  'the dashboard shows storage types that the lifecycle of the bucket does not lead to': {
    observed: { ...shown, metrics: [charges, sizeIn('StandardStorage'), sizeIn('GlacierStorage')] },
    says: [
      'nothing moves objects of recordings to GlacierStorage, which is shown',
      'the size of recordings in INTELLIGENT_TIERING is not shown',
    ],
  },
  'the dashboard does not show the bytes in S3 Standard': {
    observed: { ...shown, metrics: [charges, ...sizes.slice(1)] },
    says: ['the size of recordings in STANDARD is not shown'],
  },
});

test.each([
  [undefined, /first daily run/],
  ['tag-inactive', /not an active cost allocation tag yet/],
] as const)('the cost of the project is waited for, not wrong: %s', (trend, waitsFor) => {
  expect(dashboards.evaluate({ ...shown, trend }, expectedStage())).toMatchObject({
    wrong: [],
    waitsFor: expect.stringMatching(waitsFor),
  });
  const withoutTrend = expectedStage((_, cost) => void Object.assign(cost, { trend: false }));
  expect(dashboards.evaluate({ ...shown, trend }, withoutTrend)).not.toHaveProperty('waitsFor');
});

test('a widget repeats a part of the metric before with a dot; expressions are no metrics', () => {
  const metrics = [
    ['AWS/S3', 'BucketSizeBytes', 'BucketName', 'recordings', 'StorageType', 'StandardStorage', { stat: 'Average' }],
    ['.', '.', '.', '.', '.', 'GlacierStorage'],
    [{ expression: 'm1 + m2' }],
  ];
  expect(metricsIn(JSON.stringify({ widgets: [{ properties: {} }, { properties: { metrics } }] }))).toEqual([
    sizeIn('StandardStorage'),
    sizeIn('GlacierStorage'),
  ]);
  expect(metricsIn('{}')).toEqual([]);
});

const report = (Granularity: string, Key: string) => ({
  Configs: [
    { QueryParameters: { CostAndUsage: { Granularity, GroupBy: [{ Key }], Filter: { Values: ['UserMetrics'] } } } },
  ],
});
const Widgets = [
  report('DAILY', 'SERVICE'),
  report('MONTHLY', 'Component'),
  report('MONTHLY', 'Environment'),
  report('MONTHLY', 'SERVICE'),
];
const groupOf = (project: string) => ({
  ResourceQuery: { Query: { TagFilters: [{ Key: 'Project', Values: [project] }] } },
});
const reports = { group: groupOf('UserMetrics') as ReturnType<typeof groupOf> | undefined, dashboard: { Widgets } };
const withoutReport = expectedStage((_, cost) => void Object.assign(cost, { explorerReport: false }));

testCriterion(costReport, reports, {
  'the resource group is of another project': {
    observed: { ...reports, group: groupOf('Shop') },
    says: ['the resource group holds Project=Shop'],
  },
  'there is no resource group': {
    observed: { ...reports, group: undefined },
    says: ['the resource group holds nothing'],
  },
  'a report is missing': {
    observed: { ...reports, dashboard: { Widgets: Widgets.slice(1) } },
    says: ['the dashboard has no report DAILY SERVICE'],
  },
  'a report is about the whole account': {
    observed: {
      ...reports,
      dashboard: { Widgets: JSON.parse(JSON.stringify(Widgets).replace('UserMetrics', 'Shop')) },
    },
    says: ['a report (DAILY) is not filtered by Project=UserMetrics'],
  },
  'it is deployed although the configuration switches it off': {
    expected: withoutReport,
    says: ['a report is deployed that the configuration does not ask for'],
  },
});

const sender = (Service: string) => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sns:Publish',
  Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
});
const [budgetsService, ...otherSenders] = ['budgets', 'cloudwatch', 'costalerts'].map((name) =>
  sender(`${name}.amazonaws.com`),
) as [ReturnType<typeof sender>, ...ReturnType<typeof sender>[]];
const subscriptionOf = (endpoint: string, arn = `${TOPIC}:1`) => ({ endpoint, arn });
const topic = {
  policy: [budgetsService, ...otherSenders],
  subscriptions: [subscriptionOf('platform@example.com')],
};
const { Condition, ...forAnyAccount } = budgetsService;

testCriterion(alertTopic, topic, {
  'another service may send': {
    observed: { ...topic, policy: [sender('events.amazonaws.com'), ...otherSenders] },
    says: ['the topic lacks budgets.amazonaws.com', 'the topic has events.amazonaws.com too'],
  },
  'every account may send': {
    observed: { ...topic, policy: [forAnyAccount, ...otherSenders] },
    says: ['budgets.amazonaws.com may send for any account'],
  },
  'somebody else gets the alerts': {
    observed: { ...topic, subscriptions: [...topic.subscriptions, subscriptionOf('somebody@example.com')] },
    says: ['somebody@example.com is subscribed, and not configured'],
  },
  'an address of the configuration is not subscribed': {
    observed: { ...topic, subscriptions: [] },
    says: ['platform@example.com is not subscribed'],
  },
});

test('an address that has not confirmed is waited for', () => {
  const subscriptions = [subscriptionOf('platform@example.com', 'PendingConfirmation')];
  expect(alertTopic.evaluate({ ...topic, subscriptions }, expectedStage())).toMatchObject({
    wrong: [],
    waitsFor: expect.stringMatching(/^platform@example.com to confirm/),
  });
});

const active = { keys: { Project: 'active', Environment: 'active' }, spentUsd: 12.3, since: '2026-01-01' } as const;
const costs = {
  activation: active,
  costs: {
    byProject: [
      { project: 'UserMetrics', amount: 12.304 },
      { project: 'untagged', amount: 400.104 },
      { project: 'Shop', amount: 67.6 },
    ],
    byRecordType: [
      { recordType: 'Usage', amount: 500 },
      { recordType: 'Credit', amount: -19.992 },
    ],
  },
};
const empty = { byProject: [{ project: 'untagged', amount: 5 }], byRecordType: [{ recordType: 'Usage', amount: 5 }] };

testCriterion(billingReports, costs, {
  'a cent of the account is neither with a value of the tag nor without one': {
    observed: { ...costs, costs: { ...costs.costs, byRecordType: [{ recordType: 'Usage', amount: 480.02 }] } },
    says: [
      'the values of the tag Project and what has none sum up to $480.01, and the account cost $480.02: Cost Explorer may still be adding to the month; repeat verify tomorrow',
    ],
  },
});

test.each([
  ['no cost has the tag yet', { ...costs, costs: empty }, { waitsFor: /^the first cost/ }],
  [
    'the payer hides Cost Explorer',
    { activation: active, notRead: 'hidden-by-payer' as const },
    { unknown: /^The payer/ },
  ],
])('%s', (_, observed, says) => {
  const [[name, text]] = Object.entries(says) as [[string, RegExp]];
  expect(billingReports.evaluate(observed, expectedStage())).toMatchObject({
    wrong: [],
    [name]: expect.stringMatching(text),
  });
});

test('an inactive cost allocation tag is waited for, with its state and what AWS says; without a budget it is not known', () => {
  const inactive = { ...active, keys: { Project: 'no-access' }, messages: ['Linked account'] } as const;
  expect(activationOf(['Project'], inactive).waitsFor).toMatch(
    /\(Project no-access\), since 2026-01-01: .*AWS says: Linked account$/,
  );
  expect(activationOf(['Project'], active)).toEqual({});
  expect(activationOf(['Project'], undefined).unknown).toMatch(/^cost.budget is false/);
});

const ALARM = `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:inactive-tags`;
const alarm = {
  AlarmArn: ALARM,
  AlarmDescription: `${INACTIVE_BUDGET_TAGS}. In the payer account: …`,
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  OKActions: [TOPIC],
  TreatMissingData: 'breaching',
  DatapointsToAlarm: 1,
  EvaluationPeriods: 2,
};
const watched = { topic: TOPIC, alarm, dashboards: [`{"widgets":[{"properties":{"alarms":["${ALARM}"]}}]}`] };
const withAlarm = (change: object) => ({ ...watched, alarm: { ...alarm, ...change } });

testCriterion(inactiveTagsAlarm, watched, {
  'there is no alarm': { observed: { ...watched, alarm: undefined }, says: ['there is no such alarm'] },
  'the alarm tells nobody': { observed: withAlarm({ ActionsEnabled: false }), says: ['the alarm tells nobody'] },
  'no value counts as a good one': {
    observed: withAlarm({ TreatMissingData: 'notBreaching' }),
    says: ['no value counts as notBreaching'],
  },
  'it clears itself before costs have the tag': {
    observed: withAlarm({ EvaluationPeriods: 1 }),
    says: ['it goes off after 1 of 1 days'],
  },
  'it goes to somebody else, and says nothing': {
    observed: withAlarm({ AlarmActions: ['arn:shop'], OKActions: [], AlarmDescription: 'Tags' }),
    says: [
      `the alarm lacks ${TOPIC}`,
      'the alarm has arn:shop too',
      `its end lacks ${TOPIC}`,
      'it does not say what it means',
      'it does not say what the payer account has to do',
    ],
  },
  'no dashboard shows it': { observed: { ...watched, dashboards: ['{}'] }, says: ['no dashboard shows it'] },
});
