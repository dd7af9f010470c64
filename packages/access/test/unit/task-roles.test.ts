import { describe, expect, test } from 'vitest';
import { OpenReplayTaskRole, UmamiTaskRole } from '../../src';
import { ENV, grantsOf, newStack, resourcesOf } from './template';

describe.each([
  ['Umami', UmamiTaskRole],
  ['OpenReplay', OpenReplayTaskRole],
])('the task role of %s', (component, create) => {
  const stack = newStack(ENV);
  new create(stack, 'Role');
  const [role, ...others] = resourcesOf(stack);

  test('grants nothing by itself', () => {
    expect(others).toEqual([]);
    expect(role && grantsOf(role)).toEqual([]);
    expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
  });

  test('is assumed by ECS tasks', () => {
    const [statement, ...more] = role?.Properties.AssumeRolePolicyDocument?.Statement ?? [];
    expect(more).toEqual([]);
    expect(statement?.Principal).toEqual({ Service: 'ecs-tasks.amazonaws.com' });
  });

  test('says what it is for', () => {
    expect(role?.Properties.Description).toBe(`Containers of ${component}`);
    expect(role?.Properties.Tags).toEqual([
      { Key: 'Component', Value: component },
      { Key: 'Function', Value: 'Compute' },
    ]);
  });
});
