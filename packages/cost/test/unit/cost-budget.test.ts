import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { AlertTopic, CostBudget, type CostBudgetProps, CostError } from '../../src';
import { newStack, ofType } from './template';

const TOPIC_ARN = 'arn:aws:sns:eu-central-1:111111111111:Alerts';

function create(props: Partial<CostBudgetProps> = {}) {
  const stack = newStack();
  const topic = Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN);
  return { stack, budget: new CostBudget(stack, 'Budget', { project: 'UserMetrics', topic, ...props }) };
}

function only({ stack }: ReturnType<typeof create>) {
  const [budget, ...others] = ofType(stack, 'AWS::Budgets::Budget');
  expect(others).toEqual([]);
  return budget ?? { logicalId: 'none', properties: undefined };
}

/** Who is alerted when: `ACTUAL > 80 PERCENTAGE`. */
function alerts(created: ReturnType<typeof create>): string[] {
  type Alert = { Notification: { [key: string]: unknown } };
  return only(created).properties.NotificationsWithSubscribers.map(({ Notification: alert }: Alert) => {
    expect(alert['ComparisonOperator']).toBe('GREATER_THAN');
    return `${alert['NotificationType']} > ${alert['Threshold']} ${alert['ThresholdType']}`;
  });
}

describe('by default', () => {
  test('150 USD a month may be spent on the project', () => {
    expect(only(create()).properties.Budget).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 150, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:Project$UserMetrics'] },
      CostTypes: { IncludeCredit: false, IncludeRefund: false },
    });
  });

  test('it alerts at 100 USD, at 80 % (120 USD), at 100 % (150 USD), and when the forecast is above 100 %', () => {
    expect(alerts(create())).toEqual([
      'ACTUAL > 100 ABSOLUTE_VALUE',
      'ACTUAL > 80 PERCENTAGE',
      'ACTUAL > 100 PERCENTAGE',
      'FORECASTED > 100 PERCENTAGE',
    ]);
  });
});

test('every alert goes to the topic alone, so that a changed address leaves the budget as it is', () => {
  const notifications: { Subscribers: unknown }[] = only(create()).properties.NotificationsWithSubscribers;
  expect(notifications.map(({ Subscribers }) => Subscribers)).toEqual(
    Array(4).fill([{ SubscriptionType: 'SNS', Address: TOPIC_ARN }]),
  );
});

test('is replaced when a threshold changes, which takes another name, and left alone when an address changes', () => {
  const budgetIn = (emails: string[], thresholds: number[]) => {
    const stack = newStack();
    const topic = new AlertTopic(stack, 'Alerts', { emails });
    return only({ stack, budget: new CostBudget(stack, 'Budget', { project: 'UserMetrics', topic, thresholds }) });
  };
  const before = budgetIn(['a@example.com'], [80, 100]);
  expect(budgetIn(['b@example.com'], [80, 100])).toEqual(before);
  const after = budgetIn(['a@example.com'], [70, 100]);
  expect(after.logicalId).toBe(before.logicalId);
  // Create-only in the registry schema of AWS::Budgets::Budget: CloudFormation makes a new budget before the old one goes.
  expect(after.properties.NotificationsWithSubscribers).not.toEqual(before.properties.NotificationsWithSubscribers);
  expect([before, after].map(({ properties }) => properties.Budget.BudgetName)).toEqual([undefined, undefined]);
});

test('has no fixed name, so that a replaced budget does not collide with itself', () => {
  const created = create();
  const { logicalId, properties } = only(created);
  expect(properties.Budget).not.toHaveProperty('BudgetName');
  expect(created.stack.resolve(created.budget.budgetName)).toEqual({ Ref: logicalId });
});

test('has no end, at which AWS would delete it', () => {
  expect(only(create()).properties.Budget).not.toHaveProperty('TimePeriod');
});

test('says what it is for', () => {
  expect(only(create()).properties.ResourceTags).toEqual([
    { Key: 'Component', Value: 'CloudWatch' },
    { Key: 'Function', Value: 'Metrics' },
  ]);
});

describe('takes', () => {
  test('another project, also one that only the deployment knows', () => {
    const filters = (created: ReturnType<typeof create>) => only(created).properties.Budget.CostFilters;
    expect(filters(create({ project: 'Shop' }))).toEqual({ TagKeyValue: ['user:Project$Shop'] });
    const stack = newStack();
    const project = new CfnParameter(stack, 'Project').valueAsString;
    const budget = new CostBudget(stack, 'Budget', { project, topic: Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN) });
    expect(filters({ stack, budget })).toEqual({
      TagKeyValue: [{ 'Fn::Join': ['', ['user:Project$', { Ref: 'Project' }]] }],
    });
  });

  test('one environment of the project', () => {
    const { Budget } = only(create({ environment: 'prod' })).properties;
    expect(Budget).not.toHaveProperty('CostFilters');
    expect(Budget).toMatchObject({
      Metrics: ['UnblendedCost'],
      FilterExpression: {
        And: [
          { Tags: { Key: 'Project', Values: ['UserMetrics'] } },
          { Tags: { Key: 'Environment', Values: ['prod'] } },
          { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } },
        ],
      },
    });
    // A budget takes CostFilters and CostTypes, or FilterExpression and Metrics.
    expect(Budget).not.toHaveProperty('CostTypes');
  });

  test('credits and refunds, for one tag and for two', () => {
    const [one, two] = [{}, { environment: 'prod' }].map(
      (props) => only(create({ ...props, includeCreditsAndRefunds: true })).properties.Budget,
    );
    expect(one.CostTypes).toEqual({ IncludeCredit: true, IncludeRefund: true });
    expect(two.FilterExpression.And).toEqual([
      { Tags: { Key: 'Project', Values: ['UserMetrics'] } },
      { Tags: { Key: 'Environment', Values: ['prod'] } },
    ]);
  });

  test('another limit', () => {
    expect(only(create({ limit: 300.5 })).properties.Budget.BudgetLimit).toEqual({ Amount: 300.5, Unit: 'USD' });
  });

  test('other thresholds, above 100 % too', () => {
    expect(alerts(create({ thresholds: [50, 99.5, 120] })).slice(1)).toEqual([
      'ACTUAL > 50 PERCENTAGE',
      'ACTUAL > 99.5 PERCENTAGE',
      'ACTUAL > 120 PERCENTAGE',
      'FORECASTED > 100 PERCENTAGE',
    ]);
  });

  test('cents', () => {
    expect(alerts(create({ limit: 0.5, thresholds: [0.5], lowerMark: 0.25 }))).toEqual([
      'ACTUAL > 0.25 ABSOLUTE_VALUE',
      'ACTUAL > 0.5 PERCENTAGE',
      'FORECASTED > 100 PERCENTAGE',
    ]);
  });

  test.each([
    [0.02, 0.01],
    [1, 0.66],
    [80, 53],
    [90, 60],
    [100, 66],
    [101, 100],
  ])('a limit of %s has its mark at %s', (limit, mark) => {
    expect(alerts(create({ limit }))[0]).toBe(`ACTUAL > ${mark} ABSOLUTE_VALUE`);
  });

  test('another mark below the limit', () => {
    expect(alerts(create({ lowerMark: 42 }))[0]).toBe('ACTUAL > 42 ABSOLUTE_VALUE');
  });
});

describe('fails', () => {
  test.each([0, 0.01, -5, Number.NaN])('for a limit of %s', (limit) => {
    expect(() => create({ limit })).toThrow(
      new CostError(`\`limit\` must be 0.02 USD or more, got: ${limit}. Give the USD a month that may be spent.`),
    );
  });

  test.each([
    ['none', []],
    ['100, 80', [100, 80]],
    ['80, 80', [80, 80]],
    ['0, 80', [0, 80]],
    ['-10', [-10]],
    ['80, NaN', [80, Number.NaN]],
  ])('for thresholds of %s', (got, thresholds) => {
    expect(() => create({ thresholds })).toThrow(
      new CostError(`\`thresholds\` must be percentages above 0 that rise, got: ${got}. Give for example 80, 100.`),
    );
  });

  test.each([
    [150, 150],
    [0, 150],
    [-1, 150],
    [200, 150],
    [Number.NaN, 150],
    [300, 300],
  ])('for a mark of %s below a limit of %s', (lowerMark, limit) => {
    expect(() => create({ lowerMark, limit })).toThrow(
      new CostError(
        `\`lowerMark\` must lie between 0 and the limit of ${limit}, got: ${lowerMark}.` +
          ' Give the lower end of the expected cost.',
      ),
    );
  });

  test('for more thresholds than a budget has notifications', () => {
    const thresholds = [10, 20, 30, 40, 50, 60, 70, 80, 90];
    expect(() => create({ thresholds })).toThrow(
      '`thresholds` must be at most 8, got: 9. A budget has 10 notifications, two of which are the mark and the forecast.',
    );
    expect(() => create({ thresholds: thresholds.slice(1) })).not.toThrow();
  });

  test('with an error that is told from others by its name', () => {
    expect(() => create({ limit: 0 })).toThrow(expect.objectContaining({ name: 'CostError' }));
  });
});
