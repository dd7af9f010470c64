import { TemplatePolicies } from '@user-metrics/policy-evaluation';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { SessionReplayBucket } from '../../../src';

const ACCOUNT = '111122223333';

/** Somebody of the account, by the name of an IAM role. */
export const roleArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;

/** A bucket with its task role and an operator, as the foundation deploys them, and their policies. */
export function deployed({ autoDelete = false } = {}) {
  const stack = new Stack(new App({ context: recommendedFlags }), 'Storage', {
    env: { account: ACCOUNT, region: 'us-east-1' },
  });
  const taskRole = new Role(stack, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  const operator = Role.fromRoleArn(stack, 'Operator', roleArn('Operator'));
  const bucket = new SessionReplayBucket(stack, 'Recordings', { taskRole, operatorRoles: [operator], autoDelete });
  bucket.grantReplayAccess(taskRole);
  bucket.grantErasure(operator);
  const policies = new TemplatePolicies([Template.fromStack(stack).toJSON()]);
  const bucketArn = policies.arn('Recordings');
  return {
    bucketArn,
    object: `${bucketArn}/7215435543/dom.mobs`,
    taskRole: policies.arn('TaskRole'),
    bucketPolicy: policies.resourcePolicy(bucketArn),
    taskPolicies: policies.identityPolicies(policies.arn('TaskRole')),
    operatorPolicies: policies.identityPolicies(roleArn('Operator')),
    policies,
  };
}
