import { evaluate, lintPolicy, TemplatePolicies } from '@user-metrics/policy-evaluation';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { AlertTopic } from '../../src';
import { newStack, ofType } from './template';

const ACCOUNT = '111111111111';
const PLACE = { account: ACCOUNT, region: 'eu-central-1', partition: 'aws' };
const SERVICES: [service: string, context: { [key: string]: string }][] = [
  ['budgets.amazonaws.com', from(`arn:aws:budgets::${ACCOUNT}:budget/Budget`)],
  ['cloudwatch.amazonaws.com', from(`arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:Size`)],
  ['costalerts.amazonaws.com', from(`arn:aws:ce::${ACCOUNT}:anomalysubscription/1`)],
];

function from(arn: string): { [key: string]: string } {
  return { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': arn };
}

function encrypted(): Stack {
  const stack = newStack();
  new AlertTopic(stack, 'Alerts', { emails: ['platform@example.com'], encryptionKey: new Key(stack, 'AlertKey') });
  return stack;
}

const policies = new TemplatePolicies([Template.fromStack(encrypted()).toJSON()], PLACE);

function ask(principal: string, context: { [key: string]: string }, action: string, id: string) {
  const resource = policies.arn(id);
  return evaluate({
    resourcePolicy: policies.resourcePolicy(resource),
    request: { principal, action, resource, resourceAccount: ACCOUNT, context },
  });
}

const ACTIONS = [
  ['sns:Publish', 'Alerts'],
  ['kms:GenerateDataKey', 'AlertKey'],
  ['kms:Decrypt', 'AlertKey'],
] as const;

describe.each(SERVICES)('%s', (service, context) => {
  test.each(ACTIONS)('may %s on %s for this account', async (action, id) => {
    expect(await ask(service, context, action, id)).toBe('allowed');
  });

  test.each(ACTIONS)('may not %s on %s for another account', async (action, id) => {
    expect(await ask(service, { ...context, 'aws:SourceAccount': '222222222222' }, action, id)).toBe('implicitDeny');
  });

  test('may not publish over plain HTTP', async () => {
    const insecure = { ...context, 'aws:SecureTransport': 'false' };
    expect(await ask(service, insecure, 'sns:Publish', 'Alerts')).toBe('explicitDeny');
  });
});

test.each(SERVICES.slice(0, 2))('%s may not for a resource of another account', async (service, context) => {
  const other = { ...context, 'aws:SourceArn': String(context['aws:SourceArn']).replace(ACCOUNT, '222222222222') };
  for (const [action, id] of ACTIONS) expect(await ask(service, other, action, id)).toBe('implicitDeny');
});

test('another service may not', async () => {
  for (const [action, id] of ACTIONS)
    expect(await ask('s3.amazonaws.com', from('arn:aws:s3:::bucket'), action, id)).toBe('implicitDeny');
});

test('all policies are well formed', async () => {
  for (const { kind, document } of policies.all) expect(await lintPolicy(kind, document)).toEqual([]);
});

test('the topic uses the key', () => {
  const [topic] = ofType(encrypted(), 'AWS::SNS::Topic');
  expect(JSON.stringify(topic?.properties.KmsMasterKeyId)).toContain('AlertKey');
});

test('fails for a key whose policy it cannot add to, because alerts would be lost', () => {
  const stack = newStack();
  const encryptionKey = Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`);
  expect(() => new AlertTopic(stack, 'Alerts', { emails: ['platform@example.com'], encryptionKey })).toThrow(
    '`encryptionKey` must be a key of this app, got: an imported one, whose policy stays as it is.',
  );
});
