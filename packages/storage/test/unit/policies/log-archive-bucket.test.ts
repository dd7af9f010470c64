import { evaluate, lintPolicy, TemplatePolicies } from '@user-metrics/policy-evaluation';
import { Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { App, Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { LogArchiveBucket, LogExport } from '../../../src';

const stack = new Stack(new App(), 'Storage', { env: { account: '111122223333', region: 'us-east-1' } });
const archive = new LogArchiveBucket(stack, 'LogArchive');
new LogExport(stack, 'LogExport', {
  bucket: archive,
  logGroups: [LogGroup.fromLogGroupName(stack, 'Checkout', '/aws/lambda/checkout')],
});
const policies = new TemplatePolicies([Template.fromStack(stack).toJSON()]);
const bucketArn = policies.arn('LogArchive');
const bucketPolicy = policies.resourcePolicy(bucketArn);

const LOGS = 'logs.us-east-1.amazonaws.com';
const OURS = {
  'aws:SourceAccount': '111122223333',
  'aws:SourceArn': 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/checkout',
};

describe('CloudWatch Logs', () => {
  const ask = (action: string, context: { [key: string]: string }, principal = LOGS) =>
    evaluate({
      resourcePolicy: bucketPolicy,
      request: {
        principal,
        action,
        resource: action === 's3:PutObject' ? `${bucketArn}/logs/checkout` : bucketArn,
        resourceAccount: '111122223333',
        context,
      },
    });

  test.each(['s3:GetBucketAcl', 's3:PutObject'])('may %s for a log group of this account', async (action) => {
    expect(await ask(action, OURS)).toBe('allowed');
  });

  test.each([
    ['for another account', { ...OURS, 'aws:SourceAccount': '444455556666' }, LOGS],
    [
      'for a log group of another account',
      { ...OURS, 'aws:SourceArn': OURS['aws:SourceArn'].replace('1111', '4444') },
      LOGS,
    ],
    ['for what is no log group', { ...OURS, 'aws:SourceArn': 'arn:aws:s3:::somewhere' }, LOGS],
    ['of another Region', OURS, 'logs.eu-central-1.amazonaws.com'],
  ])('may not %s', async (_, context, principal) => {
    for (const action of ['s3:GetBucketAcl', 's3:PutObject'])
      expect(await ask(action, context, principal)).toBe('implicitDeny');
  });

  test('may not over plain HTTP', async () => {
    expect(await ask('s3:PutObject', { ...OURS, 'aws:SecureTransport': 'false' })).toBe('explicitDeny');
  });

  test('may not read', async () => {
    expect(await ask('s3:GetBucketPolicy', OURS)).toBe('implicitDeny');
  });
});

describe('the function that exports', () => {
  const principal = policies.arn('LogExportFunctionServiceRole');
  const ask = (action: string, resource: string) =>
    evaluate({
      identityPolicies: policies.identityPolicies(principal),
      resourcePolicy: bucketPolicy,
      request: { principal, action, resource, resourceAccount: '111122223333' },
    });
  const logGroup = (name: string) => `arn:aws:logs:us-east-1:111122223333:log-group:${name}`;

  test.each([
    ['logs:CreateExportTask', logGroup('/aws/lambda/checkout'), 'allowed'],
    ['logs:CreateExportTask', logGroup('/aws/lambda/billing'), 'implicitDeny'],
    ['logs:DeleteLogGroup', logGroup('/aws/lambda/checkout'), 'implicitDeny'],
    ['s3:PutObject', `${bucketArn}/progress//aws/lambda/checkout.json`, 'allowed'],
    ['s3:GetObject', `${bucketArn}/progress//aws/lambda/checkout.json`, 'allowed'],
    ['s3:PutObject', `${bucketArn}/logs/aws/lambda/checkout/2026-03-29/aws-logs-write-test`, 'allowed'],
    ['s3:PutObject', `${bucketArn}/others/checkout`, 'implicitDeny'],
    ['s3:GetObject', `${bucketArn}/logs/checkout`, 'implicitDeny'],
    ['s3:DeleteObject', `${bucketArn}/progress/x`, 'implicitDeny'],
  ])('%s on %s: %s', async (action, resource, answer) => {
    expect(await ask(action, resource)).toBe(answer);
  });
});

test('all policies are well formed', async () => {
  for (const { kind, document } of policies.all) expect(await lintPolicy(kind, document)).toEqual([]);
});
