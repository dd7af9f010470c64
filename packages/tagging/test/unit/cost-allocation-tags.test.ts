import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { CostAllocationTags, type CostAllocationTagsProps, payerHandOver, TAG_KEYS } from '../../src';

function stackWith(props?: CostAllocationTagsProps) {
  const stack = new Stack(new App(), 'Cost');
  const construct = new CostAllocationTags(stack, 'CostAllocationTags', props);
  return { construct, template: Template.fromStack(stack) };
}

test('nothing of it can fail a deployment: it has no custom resource', () => {
  const { template } = stackWith();
  const types = new Set(Object.values(template.toJSON().Resources as { Type: string }[]).map(({ Type }) => Type));
  expect([...types].sort()).toEqual([
    'AWS::Events::Rule',
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::SSM::Parameter',
  ]);
});

test('asks daily, and after each deployment of its own stack', () => {
  const { template } = stackWith();
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', State: 'ENABLED' });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.cloudformation'],
      detail: {
        'stack-id': [{ Ref: 'AWS::StackId' }],
        'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] },
      },
    },
  });
});

test('starts with all eight keys unknown, under a name that reports know', () => {
  const { template, construct } = stackWith();
  const keys = Object.fromEntries(TAG_KEYS.map((key) => [key, 'unknown']));
  template.hasResourceProperties('AWS::SSM::Parameter', {
    Name: '/user-metrics/account/cost-allocation-tags',
    Value: JSON.stringify({ keys }),
  });
  expect(construct.metricInactive()).toMatchObject({
    namespace: 'UserMetrics/Cost',
    metricName: 'InactiveCostAllocationTags',
    statistic: 'Maximum',
    period: Duration.days(1),
  });
});

test('takes keys and a name of the team', () => {
  const { template } = stackWith({ keys: ['Team', 'Team'], parameterName: '/team/tags' });
  template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/team/tags', Value: '{"keys":{"Team":"unknown"}}' });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: { STATUS_PARAMETER: { Ref: Match.anyValue() }, TAG_KEYS: '["Team"]', COUNTED_TAG_KEYS: '["Team"]' },
    },
  });
});

test('has a metric of some of the keys, and of no others', () => {
  const { template } = stackWith({ countedKeys: ['Project'] });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { TAG_KEYS: JSON.stringify(TAG_KEYS), COUNTED_TAG_KEYS: '["Project"]' } },
  });
  expect(() => stackWith({ countedKeys: ['Team'] })).toThrow('`countedKeys` must be some of the keys Project, ');
});

test('may do nothing but ask, and write its own parameter', () => {
  const { template } = stackWith();
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        { Action: ['ssm:GetParameter', 'ssm:PutParameter'], Resource: Match.not('*') },
        {
          Action: ['ce:GetTags', 'ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
        },
      ],
    },
  });
});

test.each([
  [[], '`keys` must name at least one tag key, got: []. Leave it out for those of the schema.'],
  [
    ['aws:x'],
    '`keys` must be tag keys that AWS accepts, got: aws:x. It must not start with "aws:", which is reserved.',
  ],
])('fails for keys %j', (keys, message) => {
  expect(() => stackWith({ keys })).toThrow(message);
});

test('the hand-over says what to call, with keys that a shell takes', () => {
  const text = payerHandOver({ account: '111111111111', keys: ['Project', 'Cost Center'] });
  expect(text).toContain('  Project, Cost Center\n');
  expect(text).toContain(
    "aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=Project,Status=Active 'TagKey=Cost Center,Status=Active'",
  );
  expect(payerHandOver({ account: '1' })).toContain(TAG_KEYS.join(', '));
});
