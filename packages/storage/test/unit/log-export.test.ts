import { Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import { LogArchiveBucket, LogExport } from '../../src';
import { ENV, only } from './bucket';

function create(names = ['/aws/lambda/checkout', 'audit']) {
  const stack = new Stack(new App({ context: recommendedFlags }), 'Storage', { env: ENV });
  const bucket = new LogArchiveBucket(stack, 'LogArchive');
  const logGroups = names.map((name, index) => LogGroup.fromLogGroupName(stack, `Exported${index}`, name));
  new LogExport(stack, 'LogExport', { bucket, logGroups });
  return stack;
}

test('the function knows the archive and the log groups', () => {
  const stack = create();
  const { properties } = only(stack, 'AWS::Lambda::Function');
  expect(properties).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Timeout: 900,
    Environment: {
      Variables: {
        LOG_EXPORT_BUCKET: { Ref: only(stack, 'AWS::S3::Bucket').logicalId },
        LOG_EXPORT_LOG_GROUPS: '["/aws/lambda/checkout","audit"]',
      },
    },
  });
});

test('it is asked every hour, and not again by Events when it fails', () => {
  const { properties } = only(create(), 'AWS::Events::Rule');
  expect(properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' });
  expect(properties.Targets).toMatchObject([{ RetryPolicy: { MaximumRetryAttempts: 0 } }]);
});

test('it may start exports of these log groups alone, and write nothing but its notes', () => {
  const stack = create();
  const arn = { 'Fn::GetAtt': [only(stack, 'AWS::S3::Bucket').logicalId, 'Arn'] };
  const group = (name: string) => `arn:aws:logs:us-east-1:111111111111:log-group:${name}`;
  const { Statement } = only(stack, 'AWS::IAM::Policy').properties.PolicyDocument;
  expect(Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'logs:DescribeExportTasks',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    },
    {
      Effect: 'Allow',
      Action: 'logs:CreateExportTask',
      Resource: [group('/aws/lambda/checkout'), group('/aws/lambda/checkout:*'), group('audit'), group('audit:*')],
    },
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: { 'Fn::Join': ['', [arn, '/progress/*']] },
    },
    { Effect: 'Allow', Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [arn, '/logs/*']] } },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: arn },
  ]);
});

test('an alarm watches its errors', () => {
  const { properties } = only(create(), 'AWS::CloudWatch::Alarm');
  expect(properties).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Threshold: 1, Period: 3600 });
});

test('its own log goes after a month', () => {
  expect(only(create(), 'AWS::Logs::LogGroup').properties.RetentionInDays).toBe(30);
});

describe('fails', () => {
  test('without log groups', () => {
    expect(() => create([])).toThrow('`logGroups` must be at least one log group, got: none.');
  });

  test.each([' ', 'arn:aws:logs:us-east-1:111111111111:log-group:audit', '/aws/lambda/*'])('for %s', (name) => {
    expect(() => create(['audit', name])).toThrow(
      `\`logGroups\` must have names of log groups, got: ${name.trim() || "' '"}.`,
    );
  });
});

test('nothing of the log groups themselves is in the template', () => {
  const types = Object.values(Template.fromStack(create()).toJSON()['Resources'] as { [id: string]: { Type: string } });
  expect(types.filter(({ Type }) => Type.startsWith('AWS::Logs::'))).toHaveLength(1);
});
