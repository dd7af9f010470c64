import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { GrafanaRole, OpenReplayTaskRole, TaskExecutionRole, UmamiTaskRole } from '../../src';
import { mayAssume, policiesOf } from './evaluated';

const ACCOUNT = '111111111111';
const OTHER_ACCOUNT = '999988887777';

const TASK = ['ecs-tasks.amazonaws.com', 'ecs', 'task/cluster/1', 'cluster'] as const;
const WORKSPACE = ['grafana.amazonaws.com', 'grafana', '/workspaces/g-1', '/other'] as const;

describe.each([
  ['TaskExecutionRole', (stack: Stack) => new TaskExecutionRole(stack, 'Construct'), TASK],
  ['UmamiTaskRole', (stack: Stack) => new UmamiTaskRole(stack, 'Construct'), TASK],
  ['OpenReplayTaskRole', (stack: Stack) => new OpenReplayTaskRole(stack, 'Construct'), TASK],
  ['GrafanaRole', (stack: Stack) => new GrafanaRole(stack, 'Construct'), WORKSPACE],
])('%s may be assumed', (_, create, [service, prefix, resource]) => {
  const policies = policiesOf(create);
  const arn = (account: string, region = 'us-east-1') => `arn:aws:${prefix}:${region}:${account}:${resource}`;
  const context = (account: string, source: string) => ({ 'aws:SourceAccount': account, 'aws:SourceArn': source });
  const mine = context(ACCOUNT, arn(ACCOUNT));

  test('by its service for a resource of this account and Region', async () => {
    expect(await mayAssume(policies, service, mine)).toBe('allowed');
  });

  test.each([
    ['for a resource of another account', context(OTHER_ACCOUNT, arn(OTHER_ACCOUNT))],
    ['for one of another account that says it is of this one', context(ACCOUNT, arn(OTHER_ACCOUNT))],
    ['for one of this account, said by another account', context(OTHER_ACCOUNT, arn(ACCOUNT))],
    ['in another Region', context(ACCOUNT, arn(ACCOUNT, 'eu-west-1'))],
    ['for a resource of another service', context(ACCOUNT, `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`)],
    ['for nothing in particular', {}],
  ])('not %s', async (__, given) => {
    expect(await mayAssume(policies, service, given)).toBe('implicitDeny');
  });

  test.each(['lambda.amazonaws.com', 'ec2.amazonaws.com', `arn:aws:iam::${ACCOUNT}:role/Admin`])(
    'not by %s',
    async (principal) => {
      expect(await mayAssume(policies, principal, mine)).toBe('implicitDeny');
    },
  );
});

test('a workspace of Grafana is what has /workspaces/ in its ARN', async () => {
  const policies = policiesOf((stack) => new GrafanaRole(stack, 'Construct'));
  const source = (path: string) => ({
    'aws:SourceAccount': ACCOUNT,
    'aws:SourceArn': `arn:aws:grafana:us-east-1:${ACCOUNT}:${path}`,
  });
  expect(await mayAssume(policies, 'grafana.amazonaws.com', source('/other/g-1'))).toBe('implicitDeny');
});
