import { describe, expect, test } from 'vitest';
import { CostDashboard, CostTrend, type CostTrendProps, TREND_SERVICES } from '../../src';
import { newStack, ofType } from './template';

function create(props: Partial<CostTrendProps> = {}) {
  const stack = newStack();
  const trend = new CostTrend(stack, 'CostTrend', { project: 'UserMetrics', ...props });
  return { stack, trend };
}

const only = (stack: ReturnType<typeof newStack>, type: string) => ofType(stack, type)[0]?.properties;

test('the function runs once a day and knows what it reads', () => {
  const { stack } = create({ limit: 90, services: ['EC2 - Other'] });
  expect(only(stack, 'AWS::Events::Rule')).toMatchObject({ ScheduleExpression: 'rate(1 day)' });
  expect(only(stack, 'AWS::Lambda::Function')).toMatchObject({
    Runtime: 'nodejs24.x',
    Environment: {
      Variables: {
        COST_TREND_PROJECT: 'UserMetrics',
        COST_TREND_LOG_GROUP: { Ref: expect.stringContaining('CostTrendLogs') },
        COST_TREND_SERVICES: '["EC2 - Other"]',
        COST_TREND_LIMIT: '90',
        COST_TREND_LOWER_MARK: '60',
        COST_TREND_CREDITS_AND_REFUNDS: 'false',
      },
    },
  });
});

test('it may read costs, and write logs as every function', () => {
  const { stack } = create();
  const { Statement } = only(stack, 'AWS::IAM::Policy')?.PolicyDocument ?? {};
  expect(Statement).toMatchObject([
    {
      Action: ['ce:GetCostAndUsage', 'ce:GetTags'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    },
  ]);
});

test('the alarm goes off after two days without a figure, also when the function does not run', () => {
  expect(only(create().stack, 'AWS::CloudWatch::Alarm')).toMatchObject({
    Namespace: 'UserMetrics/Cost',
    MetricName: 'DaysSinceNewestCost',
    Period: 86400,
    EvaluationPeriods: 2,
    Threshold: 2,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'breaching',
  });
});

describe('on the dashboard', () => {
  const { stack, trend } = create();
  new CostDashboard(stack, 'Dashboard', { trend });
  // What is no text in the template is the name of the log group, the Region or the ARN of the alarm.
  const parts: unknown[] = only(stack, 'AWS::CloudWatch::Dashboard')?.DashboardBody['Fn::Join'][1];
  const body = parts.map((part) => (typeof part === 'string' ? part : 'token')).join('');
  const { widgets }: { widgets: { type: string; properties: { [name: string]: string } }[] } = JSON.parse(body);
  const queries = widgets.flatMap(({ properties: { query } }) => query ?? []);

  test('its figures come first, and the whole account is named so', () => {
    expect(
      widgets.map(({ type, properties: { title, markdown } }) => [type, title ?? markdown?.split('\n')[0]]),
    ).toEqual([
      ['alarm', 'In alarm when no figure came for two days'],
      ['log', 'Cost of the project: the newest figures, or why there are none'],
      ['log', 'Cost of the project a day by service (USD, UTC days)'],
      ['log', 'The month to the end of each day, and its forecast (USD)'],
      ['log', 'Cost of the project a day by component (USD)'],
      ['text', '# Whole account'],
      ['metric', 'Cost of the whole account a day by service (USD)'],
      ['metric', 'Cost of the whole account in the month so far (USD)'],
    ]);
  });

  test('the charts stack days by service and component, and take the latest of each day', () => {
    expect(widgets[2]?.properties).toMatchObject({ view: 'timeSeries', stacked: true });
    expect(queries[1]).toMatch(
      /\| filter kind = 'day'\n\| stats latest\(service\.Elastic_Container_Service\) as Elastic_Container_Service, .* by bin\(1d\)$/,
    );
    expect(queries[1]?.match(/latest\(/g)).toHaveLength(TREND_SERVICES.length + 1);
  });
});

test.each([
  [{ project: '' }, '`project` must be a value of the tag `Project`'],
  [{ limit: 0 }, '`limit` must be a number of USD above 0, got: 0.'],
  [{ services: Array.from({ length: 11 }, (_, index) => `S${index}`) }, '`services` must be at most 10, got: 11.'],
  [{ services: ['AWS Lambda', 'Lambda'] }, 'must have different names in letters and digits, got: AWS Lambda'],
  [{ services: ['Other'] }, 'must have different names in letters and digits, got: Other'],
])('fails for %o', (props, message) => {
  expect(() => create(props)).toThrow(message);
});
