import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { GrafanaRole, type IamRoleProps, OpenReplayTaskRole, TaskExecutionRole, UmamiTaskRole } from '../../src';

const BOUNDARY = 'arn:aws:iam::111122223333:policy/team-boundary';

describe.each([GrafanaRole, OpenReplayTaskRole, TaskExecutionRole, UmamiTaskRole])('%o', (IamRole) => {
  const propertiesWith = (props: (stack: Stack) => IamRoleProps) => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
    new IamRole(stack, 'Role', props(stack));
    return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))[0]?.['Properties'];
  };

  test('takes a boundary, a path and a name', () => {
    const properties = propertiesWith((stack) => ({
      permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', BOUNDARY),
      path: '/team/',
      roleName: 'team-role',
    }));
    expect(properties).toEqual({
      ...propertiesWith(() => ({})),
      PermissionsBoundary: BOUNDARY,
      Path: '/team/',
      RoleName: 'team-role',
    });
  });

  test.each([
    ['permissionsBoundary', BOUNDARY],
    ['path', 'team'],
    ['path', '/team'],
    ['roleName', 'a role'],
    ['roleName', 'r'.repeat(65)],
  ])('refuses %s %s', (prop, value) => {
    expect(() => propertiesWith(() => ({ [prop]: value }))).toThrow(new RegExp(`^\`${prop}\` must be .*, got: `));
  });
});
