import { expect, test } from 'vitest';
import { LambdaTelemetryPolicy, METRIC_NAMESPACE_PREFIX } from '../../src';
import { ENV, grantsOf, newStack, resourcesOf } from './template';

function policy() {
  const stack = newStack(ENV);
  const { managedPolicyArn } = new LambdaTelemetryPolicy(stack, 'Policy');
  return { stack, managedPolicyArn, resources: resourcesOf(stack) };
}

test('sends metrics of its namespaces, logs of functions, and traces', () => {
  expect(policy().resources.flatMap(grantsOf)).toEqual([
    {
      Effect: 'Allow',
      Action: 'cloudwatch:PutMetricData',
      Resource: '*',
      Condition: {
        StringLike: { 'cloudwatch:namespace': 'UserMetrics/*' },
        StringNotEquals: { 'cloudwatch:namespace': 'UserMetrics/Cost' },
      },
    },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'arn:aws:logs:us-east-1:111111111111:log-group:/aws/lambda/*',
    },
    {
      Effect: 'Allow',
      Action: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    },
  ]);
  expect(METRIC_NAMESPACE_PREFIX).toBe('UserMetrics/');
});

test('is published and attached to nobody', () => {
  const { stack, managedPolicyArn, resources } = policy();
  const [resource, ...others] = resources;
  expect(others).toEqual([]);
  expect(resource?.Type).toBe('AWS::IAM::ManagedPolicy');
  expect(resource?.Properties).not.toHaveProperty('Roles');
  expect(resource?.Properties).not.toHaveProperty('Users');
  expect(resource?.Properties).not.toHaveProperty('Groups');
  expect(stack.resolve(managedPolicyArn)).toEqual({ Ref: expect.stringMatching(/^Policy/) });
});

test('says what it is for, and has no fixed name', () => {
  const [resource] = policy().resources;
  expect(resource?.Properties.Description).toBe(
    'Metrics in namespaces UserMetrics/*, logs and traces of an application function',
  );
  expect(resource?.Properties).not.toHaveProperty('ManagedPolicyName');
});
