import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import * as access from '../../src';
import { ENV, grantsOf, listed, newStack, resourcesOf } from './template';

type ConstructClass = new (scope: Construct, id: string) => Construct;

/** Every construct of the package, so that a new one is held to the same rules. */
const constructs = Object.entries(access).filter(
  (entry): entry is [string, ConstructClass & (typeof entry)[1]] =>
    typeof entry[1] === 'function' && entry[1].prototype instanceof Construct,
);

function stackWith(create: ConstructClass, env?: typeof ENV): Stack {
  const stack = newStack(env);
  new create(stack, 'Construct');
  return stack;
}

test('the package has these constructs', () => {
  expect(constructs.map(([name]) => name).sort()).toEqual([
    'GrafanaRole',
    'LambdaTelemetryPolicy',
    'OpenReplayTaskRole',
    'TaskExecutionRole',
    'UmamiTaskRole',
  ]);
});

describe.each(constructs)('%s', (_, create) => {
  const resources = resourcesOf(stackWith(create, ENV));
  const statements = resources.flatMap(grantsOf);

  test('is one resource and attaches no policy of others', () => {
    expect(resources).toHaveLength(1);
    expect(resources.flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? [])).toEqual([]);
  });

  test('grants nothing on every resource without a condition', () => {
    const everywhere = statements.filter(({ Resource }) => listed(Resource).includes('*'));
    expect(everywhere.filter(({ Condition }) => Object.keys(Condition ?? {}).length === 0)).toEqual([]);
  });

  test('names every resource in this account and Region otherwise', () => {
    const arns = statements.flatMap(({ Resource }) => listed(Resource)).filter((resource) => resource !== '*');
    expect(arns.filter((arn) => !/^arn:aws:[a-z]+:us-east-1:111111111111:[a-z-]+[:/]./.test(arn))).toEqual([]);
  });

  test('grants actions by name, not by pattern', () => {
    const actions = statements.flatMap(({ Action }) => listed(Action));
    expect(actions.filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action))).toEqual([]);
    expect(statements.filter(({ Effect }) => Effect !== 'Allow')).toEqual([]);
  });

  test('is assumed only with the conditions against a confused deputy', () => {
    const roles = resources.filter(({ Type }) => Type === 'AWS::IAM::Role');
    const trusts = roles.flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument?.Statement ?? []);
    expect(trusts).toHaveLength(roles.length);
    for (const { Condition } of trusts) {
      expect(Condition?.['StringEquals']?.['aws:SourceAccount']).toBe('111111111111');
      expect(Condition?.['ArnLike']?.['aws:SourceArn']).toMatch(/^arn:aws:[a-z]+:us-east-1:111111111111:/);
    }
  });

  test('can be deployed where synth knows neither account nor Region', () => {
    // Metrics of us-east-1 are read by name: no other Region publishes them.
    const text = JSON.stringify(resourcesOf(stackWith(create))).replace('"aws:RequestedRegion":"us-east-1"', '');
    expect(text).not.toMatch(/us-east-1|111111111111|arn:aws:|Token\[/);
  });
});
