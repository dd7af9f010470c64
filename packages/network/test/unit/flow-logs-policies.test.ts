import { evaluate, lintPolicy, type Request, TemplatePolicies } from '@user-metrics/policy-evaluation';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { NewNetwork } from '../../src';
import { INSIDE, newStack, ZONES } from './template';

const stack = newStack();
new NewNetwork(stack, 'Network', { block: INSIDE.block, availabilityZones: ZONES, flowLogs: true });
const policies = new TemplatePolicies([Template.fromStack(stack).toJSON()], {
  account: '111111111111',
  region: 'us-east-1',
  partition: 'aws',
});
const role = policies.arn('NetworkSubnetsFlowLogsIamRole');
const logGroup = policies.arn('NetworkSubnetsFlowLogsLogGroup').replace(/:\*$/, '');

const stream = (group: string) => `arn:aws:logs:us-east-1:111111111111:log-group:${group}:log-stream:eni-1`;

test.each<[string, string, string, string]>([
  ['allowed', 'logs:PutLogEvents', `${logGroup}:log-stream:eni-1`, 'us-east-1'],
  ['allowed', 'logs:CreateLogStream', `${logGroup}:log-stream:eni-1`, 'us-east-1'],
  ['allowed', 'logs:DescribeLogGroups', '*', 'us-east-1'],
  ['implicitDeny', 'logs:DescribeLogGroups', '*', 'eu-west-1'],
  ['implicitDeny', 'logs:PutLogEvents', stream('other'), 'us-east-1'],
  ['implicitDeny', 'logs:DeleteLogGroup', logGroup, 'us-east-1'],
])('%s: %s of %s in %s', async (decision, action, resource, region) => {
  const request = { principal: role, action, resource, context: { 'aws:RequestedRegion': region } };
  expect(await evaluate({ identityPolicies: policies.identityPolicies(role), request })).toBe(decision);
});

const mine = {
  'aws:SourceAccount': '111111111111',
  'aws:SourceArn': 'arn:aws:ec2:us-east-1:111111111111:vpc-flow-log/fl-1',
};

test.each<[string, string, Partial<Request>]>([
  ['allowed', 'for the flow logs of this account', {}],
  ['implicitDeny', 'for those of another account', { context: { ...mine, 'aws:SourceAccount': '999988887777' } }],
  [
    'implicitDeny',
    'for something else of this account',
    { context: { ...mine, 'aws:SourceArn': 'arn:aws:ec2:us-east-1:111111111111:instance/i-1' } },
  ],
  ['implicitDeny', 'for nobody in particular', { context: {} }],
  ['implicitDeny', 'for another service', { principal: 'ec2.amazonaws.com' }],
])('the IAM role may be assumed, %s: %s', async (decision, _, change) => {
  const request = {
    principal: 'vpc-flow-logs.amazonaws.com',
    action: 'sts:AssumeRole',
    resource: role,
    context: mine,
    ...change,
  };
  expect(await evaluate({ resourcePolicy: policies.trust(role), request })).toBe(decision);
});

test('no policy has a misspelt action, operator or key', async () => {
  expect(policies.all).toHaveLength(4);
  for (const { kind, document } of policies.all) expect(await lintPolicy(kind, document)).toEqual([]);
});
