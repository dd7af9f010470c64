import { CostAllocationTags } from '@user-metrics/tagging';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, test } from 'vitest';
import { BILLED_SERVICES, CostDashboard, type CostDashboardProps } from '../../src';
import { newStack, ofType } from './template';

type Options = { readonly [option: string]: unknown };
type Place = { readonly [side in 'x' | 'y' | 'width' | 'height']: number };
type Widget = Place & { readonly type: string; readonly properties: Options & { readonly metrics?: unknown[][] } };

/**
 * Names of the dimension `ServiceName` that accounts list under AWS/Billing (aws cloudwatch list-metrics --namespace
 * AWS/Billing --region us-east-1): product codes, not the service names of Cost Explorer.
 */
const PUBLISHED = [
  'AmazonApiGateway',
  'AmazonCloudFront',
  'AmazonCloudWatch',
  'AmazonDynamoDB',
  'AmazonEC2',
  'AmazonECR',
  'AmazonECS',
  'AmazonRDS',
  'AmazonRoute53',
  'AmazonS3',
  'AmazonSNS',
  'AmazonVPC',
  'AWSDataTransfer',
  'AWSELB',
  'awskms',
  'AWSLambda',
  'AWSSecretsManager',
];

function create(props?: CostDashboardProps, region?: string) {
  const stack = newStack(region);
  const dashboard = new CostDashboard(stack, 'Dashboard', props);
  const [resource, ...others] = ofType(stack, 'AWS::CloudWatch::Dashboard');
  expect(others).toEqual([]);
  const body: { start: string; widgets: Widget[] } = JSON.parse(resource?.properties.DashboardBody);
  return { stack, dashboard, resource, body };
}

/** The metrics of a widget as CloudWatch reads them: name with dimensions, and options. */
function metricsOf(widget: Widget | undefined): { name: string[]; options: Options }[] {
  return (widget?.properties.metrics ?? []).map((metric) => {
    const options = metric.at(-1) as Options;
    return { name: metric.slice(0, -1) as string[], options };
  });
}

test('shows 30 days: what it is about, the cost a day by service, and the month so far', () => {
  const { body } = create();
  expect(body.start).toBe('-P30D');
  expect(body.widgets.map(({ type, properties }) => [type, properties['title']])).toEqual([
    ['text', undefined],
    ['metric', 'Cost of the whole account a day by service (USD)'],
    ['metric', 'Cost of the whole account in the month so far (USD)'],
  ]);
});

test('stacks its widgets over the whole width', () => {
  const { body } = create();
  expect(body.widgets.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
    [0, 0, 24, 2],
    [0, 2, 24, 9],
    [0, 11, 24, 6],
  ]);
});

test('says that the figures are the whole account and what they need', () => {
  const { body } = create();
  expect(body.widgets[0]?.properties['markdown']).toBe(
    '# Cost by day and service\nFrom AWS/Billing, which knows no tags (USD; needs "Receive CloudWatch Billing Alerts").' +
      ' What one project costs is in its budget.',
  );
});

test('shows above the figures whether the tags of the budget are known to be active', () => {
  const stack = newStack();
  const arn = 'arn:aws:cloudwatch:eu-central-1:111111111111:alarm:InactiveBudgetTags';
  new CostDashboard(stack, 'Dashboard', { alarms: [Alarm.fromAlarmArn(stack, 'Alarm', arn)] });
  const [resource] = ofType(stack, 'AWS::CloudWatch::Dashboard');
  const { widgets }: { widgets: Widget[] } = JSON.parse(resource?.properties.DashboardBody);
  expect(widgets.map(({ type, y }) => [type, y])).toEqual([
    ['text', 0],
    ['alarm', 2],
    ['metric', 4],
    ['metric', 13],
  ]);
  expect(widgets[1]?.properties).toMatchObject({
    alarms: [arn],
    title: expect.stringContaining('A budget over tags counts $0'),
  });
});

test('shows the newest state of each tag key that the budget filters by', () => {
  const stack = newStack();
  new CostDashboard(stack, 'Dashboard', {
    tags: new CostAllocationTags(stack, 'Tags', { countedKeys: ['Project', 'Environment'] }),
  });
  const parts = JSON.stringify(ofType(stack, 'AWS::CloudWatch::Dashboard')[0]?.properties);
  expect(parts).toContain('Budget tag status: active, inactive (requested, not-yet-seen, refused) or unknown');
  expect(parts).toMatch(/"Ref":"TagsLogs/);
  expect(parts).toContain('display checkedAt, `keys.Project`, `keys.Environment`, messages.0');
});

describe('the cost a day by service', () => {
  const [, widget] = create().body.widgets;
  const metrics = metricsOf(widget);

  test('is one curve for each service, stacked day by day', () => {
    expect(widget?.properties).toMatchObject({ view: 'timeSeries', stacked: true, period: 86400, region: 'us-east-1' });
    const shown = metrics.filter(({ options }) => options['visible'] !== false);
    expect(shown.map(({ options }) => options['label'])).toEqual([...BILLED_SERVICES]);
  });

  test('is the rise from day to day, and on the first of a month the whole amount', () => {
    const expressions = metrics.flatMap(({ options }) => options['expression'] ?? []);
    expect(expressions).toEqual(
      BILLED_SERVICES.map((_, index) => `IF(DIFF(month${index})<0, month${index}, DIFF(month${index}))`),
    );
    const periods = metrics.filter(({ options }) => options['expression']).map(({ options }) => options['period']);
    expect(new Set(periods)).toEqual(new Set([86400]));
  });

  test('comes from the hidden metric of the service with the id that its expression names', () => {
    const sources = metrics.filter(({ options }) => !options['expression']);
    expect(sources).toEqual(
      BILLED_SERVICES.map((service, index) => ({
        name: ['AWS/Billing', 'EstimatedCharges', 'Currency', 'USD', 'ServiceName', service],
        options: {
          id: `month${index}`,
          label: service,
          visible: false,
          region: 'us-east-1',
          period: 86400,
          stat: 'Maximum',
        },
      })),
    );
  });
});

test('the month so far is the total of the account', () => {
  const [, , widget] = create().body.widgets;
  expect(widget?.properties['region']).toBe('us-east-1');
  expect(metricsOf(widget)).toEqual([
    {
      name: ['AWS/Billing', 'EstimatedCharges', 'Currency', 'USD'],
      options: { label: 'Account', region: 'us-east-1', period: 86400, stat: 'Maximum' },
    },
  ]);
});

test.each(['eu-central-1', 'us-east-1'])('in %s every metric is read in us-east-1, where AWS/Billing is', (region) => {
  const { body } = create(undefined, region);
  const widgets = body.widgets.filter(({ type }) => type === 'metric');
  expect(widgets.map(({ properties }) => properties['region'])).toEqual(['us-east-1', 'us-east-1']);
  const regions = widgets.flatMap(metricsOf).map(({ options }) => options['region'] ?? 'us-east-1');
  expect(new Set(regions)).toEqual(new Set(['us-east-1']));
});

test('every metric is one that AWS/Billing publishes', () => {
  const names = create()
    .body.widgets.flatMap(metricsOf)
    .map(({ name }) => name);
  const metrics = names.filter((name) => name.length > 0);
  expect(metrics).toHaveLength(BILLED_SERVICES.length + 1);
  for (const [namespace, metric, currency, usd, serviceName, service] of metrics) {
    expect([namespace, metric, currency, usd]).toEqual(['AWS/Billing', 'EstimatedCharges', 'Currency', 'USD']);
    if (serviceName === undefined) continue;
    expect(serviceName).toBe('ServiceName');
    expect(PUBLISHED).toContain(service);
  }
});

test('shows each service once, and fits into the 500 metrics of a dashboard', () => {
  expect(new Set(BILLED_SERVICES).size).toBe(BILLED_SERVICES.length);
  expect(create().body.widgets.flatMap(metricsOf).length).toBeLessThan(500);
});

test('shows other services instead', () => {
  const [, widget] = create({ services: ['AmazonDynamoDB', 'awskms'] }).body.widgets;
  expect(metricsOf(widget).map(({ name, options }) => name.at(-1) ?? options['label'])).toEqual([
    'AmazonDynamoDB',
    'AmazonDynamoDB',
    'awskms',
    'awskms',
  ]);
});

test('says what it is for, and has a name given by CloudFormation, because names are unique in an account', () => {
  const { stack, dashboard, resource } = create();
  expect(resource?.properties.Tags).toEqual([
    { Key: 'Component', Value: 'CloudWatch' },
    { Key: 'Function', Value: 'Visualization' },
  ]);
  expect(resource?.properties).not.toHaveProperty('DashboardName');
  expect(stack.resolve(dashboard.dashboardName)).toEqual({ Ref: resource?.logicalId });
});
