import {
  type Decision,
  evaluate,
  type PolicyDocument,
  type Request,
  TemplatePolicies,
} from '@user-metrics/policy-evaluation';
import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { ENV, newStack } from './template';

/** What somebody asks for: the action, of what, and the condition keys beside those of every request. */
export type Asked = [decision: Decision, action: string, resource: string, context?: Request['context']];

/** The policies of one construct in a stack, and what they decide. */
export function policiesOf(create: (stack: Stack) => void): TemplatePolicies {
  const stack = newStack(ENV);
  create(stack);
  return new TemplatePolicies([Template.fromStack(stack).toJSON()], { ...ENV, partition: 'aws' });
}

/** What CDK gives a key: policies of the account decide. Without it they decide nothing. */
const KEY_POLICY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ENV.account}:root` }, Action: 'kms:*', Resource: '*' },
  ],
};

/** What the holder of the policies of `Construct` may do. */
export function may(policies: TemplatePolicies, action: string, resource: string, context: Request['context'] = {}) {
  const holder = policies.arn('Construct');
  const principal = holder.includes(':role/') ? holder : `arn:aws:iam::${ENV.account}:role/Holder`;
  const request = { principal, action, resource, context: { 'aws:RequestedRegion': ENV.region, ...context } };
  const resourcePolicy = resource.startsWith('arn:aws:kms:') ? KEY_POLICY : undefined;
  return evaluate({ identityPolicies: policies.identityPolicies(holder), resourcePolicy, request });
}

/** Whether a service may assume the IAM role `Construct` for a resource of an account. */
export function mayAssume(policies: TemplatePolicies, principal: string, context: Request['context']) {
  const resource = policies.arn('Construct');
  const request = { principal, action: 'sts:AssumeRole', resource, context };
  return evaluate({ resourcePolicy: policies.trust(resource), request });
}
