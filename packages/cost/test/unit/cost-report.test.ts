import { createRequire } from 'node:module';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { CostReport } from '../../src';
import { newStack, ofType } from './template';

function create(project = 'UserMetrics', props = {}) {
  const stack = newStack();
  new CostReport(stack, 'CostReport', { project, ...props });
  return stack;
}

const dashboardOf = (stack: ReturnType<typeof newStack>) => ofType(stack, 'AWS::BCM::Dashboard')[0]?.properties;

test('the resource group is by the tag Project', () => {
  expect(ofType(create(), 'AWS::ResourceGroups::Group')[0]?.properties).toMatchObject({
    Name: 'Project-UserMetrics-Stack',
    ResourceQuery: {
      Type: 'TAG_FILTERS_1_0',
      Query: {
        ResourceTypeFilters: ['AWS::AllSupported'],
        TagFilters: [{ Key: 'Project', Values: ['UserMetrics'] }],
      },
    },
  });
});

test('the dashboard has the four reports, each of the project without credits and refunds', () => {
  const { Name, Widgets, Tags } = dashboardOf(create());
  expect(Name).toBe('Cost of UserMetrics');
  const queries: { [name: string]: unknown }[] = Widgets.map(
    (widget: { Configs: { QueryParameters: { CostAndUsage: object } }[] }) =>
      widget.Configs[0]?.QueryParameters.CostAndUsage,
  );
  expect(queries.map(({ Granularity, GroupBy, TimeRange }) => [Granularity, GroupBy, TimeRange])).toMatchObject([
    ['DAILY', [{ Type: 'DIMENSION', Key: 'SERVICE' }], { StartTime: { Type: 'RELATIVE', Value: '-P30D' } }],
    ['MONTHLY', [{ Type: 'TAG', Key: 'Component' }], {}],
    ['MONTHLY', [{ Type: 'TAG', Key: 'Environment' }], {}],
    ['MONTHLY', [{ Type: 'DIMENSION', Key: 'SERVICE' }], {}],
  ]);
  for (const { Filter } of queries)
    expect(Filter).toEqual({
      And: [
        { Tags: { Key: 'Project', Values: ['UserMetrics'], MatchOptions: ['EQUALS'] } },
        { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } },
      ],
    });
  expect(Tags).toEqual([
    { Key: 'Component', Value: 'CloudWatch' },
    { Key: 'Function', Value: 'Visualization' },
  ]);
  expect(JSON.stringify(dashboardOf(create('UserMetrics', { includeCreditsAndRefunds: true })))).not.toContain(
    'Credit',
  );
});

/** What aws-cdk-lib itself knows of the types: lengths, patterns, numbers. */
test('names and titles are within the limits, whatever the project is called', () => {
  const load = createRequire(require.resolve('aws-cdk-lib/package.json'));
  const { SchemaValidator, TemplateContent } = load('@aws/cloudformation-validate');
  const validator = new SchemaValidator();
  for (const project of ['UserMetrics', 'a.b/c: d  e', `${'long '.repeat(30)}x`, '_']) {
    const stack = create(project, { schedule: 'cron(0 7 2 * ? *)' });
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    const found = validator.validate(new TemplateContent(template), 'us-east-1');
    const messages: string[] = found.map(({ message }: { message: string }) => message);
    expect([project, messages.filter((message) => !message.includes('is create-only'))]).toEqual([project, []]);
  }
});

test('a schedule makes a PDF of the dashboard with an IAM role that AWS alone assumes, for this account', () => {
  expect(ofType(create(), 'AWS::BCM::ScheduledReport')).toEqual([]);
  const stack = create('UserMetrics', { schedule: 'cron(0 7 2 * ? *)' });
  const [dashboard] = ofType(stack, 'AWS::BCM::Dashboard');
  const [role] = ofType(stack, 'AWS::IAM::Role');
  const ref = { Ref: dashboard?.logicalId };
  expect(ofType(stack, 'AWS::BCM::ScheduledReport')[0]?.properties).toMatchObject({
    Name: 'Cost of UserMetrics',
    DashboardArn: ref,
    ScheduleConfig: { ScheduleExpression: 'cron(0 7 2 * ? *)', ScheduleExpressionTimeZone: 'UTC', State: 'ENABLED' },
    ScheduledReportExecutionRoleArn: { 'Fn::GetAtt': [role?.logicalId, 'Arn'] },
    Tags: expect.arrayContaining([{ Key: 'Component', Value: 'CloudWatch' }]),
  });
  const [trust] = role?.properties.AssumeRolePolicyDocument.Statement ?? [];
  expect(trust).toMatchObject({
    Principal: { Service: 'bcm-dashboards.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': '111111111111' },
      ArnLike: { 'aws:SourceArn': expect.anything() },
    },
  });
  expect(role?.properties.Policies[0].PolicyDocument.Statement[0]).toMatchObject({ Resource: ref });
});

test.each(['rate(1 day)', 'cron(0 7 2 * ?)', ''])('fails for the schedule %s', (schedule) => {
  expect(() => create('UserMetrics', { schedule })).toThrow('`schedule` must be a cron expression of six fields');
});

test('fails without a project', () => {
  expect(() => create('')).toThrow("`project` must be a value of the tag `Project`, got: ''.");
});
