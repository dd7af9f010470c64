import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { expect, test } from 'vitest';
import { DEFAULT_CONSTRUCTS } from '../texts/default-constructs';

const BOUNDARY = 'arn:aws:iam::111122223333:policy/team-boundary';

test('a boundary and a path that the CDK sets reach every IAM role of every construct, also those of functions', () => {
  const app = new App({ context: recommendedFlags });
  const stacks = Object.entries(DEFAULT_CONSTRUCTS).map(([name, create]) => {
    const stack = new Stack(app, name, { env: { account: '111122223333', region: 'us-east-1' } });
    create(stack);
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', BOUNDARY));
    Aspects.of(stack).add({
      visit: (node) => {
        if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::IAM::Role')
          node.addPropertyOverride('Path', '/team/');
      },
    });
    return stack;
  });
  const roles = stacks.flatMap((stack) =>
    Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role')).map(([id, { Properties }]) => ({
      id: `${stack.stackName}/${id}`,
      ...Properties,
    })),
  );
  expect(roles.filter(({ id }) => id.startsWith('UmamiDatabase/')).length).toBeGreaterThan(1);
  expect(roles.filter(({ PermissionsBoundary: set, Path }) => set !== BOUNDARY || Path !== '/team/')).toEqual([]);
});
