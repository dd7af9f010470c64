import { CfnParameter } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { TaskExecutionRole, type TaskExecutionRoleProps } from '../../src';
import { ENV, grantsOf, newStack, resourcesOf } from './template';

function role(props?: TaskExecutionRoleProps) {
  const stack = newStack(ENV);
  new TaskExecutionRole(stack, 'Role', props);
  return resourcesOf(stack);
}

test('pulls images of this account and writes logs of the stack, and nothing else', () => {
  expect(role().flatMap(grantsOf)).toEqual([
    {
      Effect: 'Allow',
      Action: 'ecr:GetAuthorizationToken',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    },
    {
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: 'arn:aws:ecr:us-east-1:111111111111:repository/*',
    },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'arn:aws:logs:us-east-1:111111111111:log-group:/user-metrics/*',
    },
  ]);
});

test('writes logs under another prefix', () => {
  expect(role({ logGroupPrefix: '/ecs/observability/' }).flatMap(grantsOf)[2]?.Resource).toBe(
    'arn:aws:logs:us-east-1:111111111111:log-group:/ecs/observability/*',
  );
});

test('writes logs under a prefix that only the deployment knows', () => {
  const stack = newStack(ENV);
  const prefix = new CfnParameter(stack, 'Prefix').valueAsString;
  new TaskExecutionRole(stack, 'Role', { logGroupPrefix: prefix });
  expect(resourcesOf(stack).flatMap(grantsOf)[2]?.Resource).toBe(
    'arn:aws:logs:us-east-1:111111111111:log-group:<Prefix>*',
  );
});

test('is assumed by ECS tasks', () => {
  const [statement] = role()[0]?.Properties.AssumeRolePolicyDocument?.Statement ?? [];
  expect(statement?.Principal).toEqual({ Service: 'ecs-tasks.amazonaws.com' });
});

test('says what it is for', () => {
  const [resource] = role();
  expect(resource?.Properties.Description).toBe('Starts the tasks of Umami and OpenReplay');
  expect(resource?.Properties.Tags).toEqual([
    { Key: 'Component', Value: 'Infrastructure' },
    { Key: 'Function', Value: 'Compute' },
  ]);
});

test.each([
  ['logGroupPrefix', '', "`logGroupPrefix` must be the start of the names of log groups, got: ''."],
  ['logGroupPrefix', '*', '`logGroupPrefix` must be the start of the names of log groups, got: *.'],
  ['secrets', 'arn', '`secrets` must be a list of secrets, got: arn.'],
  ['secrets', ['arn'], '`secrets` must be a list of secrets, got: arn.'],
])('refuses %s %j at synth', (prop, value, message) => {
  expect(() => new TaskExecutionRole(newStack(ENV), 'Role', { [prop]: value })).toThrow(message);
});
