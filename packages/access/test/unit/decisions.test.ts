import { lintPolicy } from '@user-metrics/policy-evaluation';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { GrafanaRole, LambdaTelemetryPolicy, OpenReplayTaskRole, TaskExecutionRole, UmamiTaskRole } from '../../src';
import { type Asked, may, policiesOf } from './evaluated';

const HERE = 'us-east-1:111111111111';
const elsewhere = { 'aws:RequestedRegion': 'eu-west-1' };
const SECRET = `arn:aws:secretsmanager:${HERE}:secret:umami-a1B2c3`;
const KEY = `arn:aws:kms:${HERE}:key/0a1b2c3d-0000-0000-0000-000000000000`;
const logs = (group: string) => `arn:aws:logs:${HERE}:log-group:${group}:log-stream:s`;

const executionRole = (stack: Stack) => {
  const encryptionKey = Key.fromKeyArn(stack, 'Key', KEY);
  const attributes = { secretCompleteArn: SECRET, encryptionKey };
  const byName = Secret.fromSecretNameV2(stack, 'ByName', 'openreplay');
  new TaskExecutionRole(stack, 'Construct', {
    secrets: [Secret.fromSecretAttributes(stack, 'Secret', attributes), byName],
  });
};

const CASES: [string, (stack: Stack) => void, Asked[]][] = [
  [
    'TaskExecutionRole',
    executionRole,
    [
      ['allowed', 'ecr:GetAuthorizationToken', '*'],
      ['implicitDeny', 'ecr:GetAuthorizationToken', '*', elsewhere],
      ['allowed', 'ecr:BatchGetImage', `arn:aws:ecr:${HERE}:repository/umami`],
      ['implicitDeny', 'ecr:BatchGetImage', 'arn:aws:ecr:us-east-1:999988887777:repository/umami'],
      ['implicitDeny', 'ecr:PutImage', `arn:aws:ecr:${HERE}:repository/umami`],
      ['allowed', 'logs:PutLogEvents', logs('/user-metrics/umami')],
      ['implicitDeny', 'logs:PutLogEvents', logs('/aws/lambda/application')],
      ['implicitDeny', 'logs:CreateLogGroup', `arn:aws:logs:${HERE}:log-group:/user-metrics/umami`],
      ['allowed', 'secretsmanager:GetSecretValue', SECRET],
      ['allowed', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${HERE}:secret:openreplay-a1B2c3`],
      [
        'implicitDeny',
        'secretsmanager:GetSecretValue',
        `arn:aws:secretsmanager:${HERE}:secret:openreplay-admin-a1B2c3`,
      ],
      [
        'implicitDeny',
        'secretsmanager:GetSecretValue',
        `arn:aws:secretsmanager:${HERE}:secret:application-admin-a1B2c3`,
      ],
      ['implicitDeny', 'secretsmanager:PutSecretValue', SECRET],
      ['allowed', 'kms:Decrypt', KEY, { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' }],
      ['implicitDeny', 'kms:Decrypt', KEY],
      ['implicitDeny', 'kms:Decrypt', KEY, { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }],
      [
        'implicitDeny',
        'kms:Decrypt',
        `arn:aws:kms:${HERE}:key/other`,
        { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' },
      ],
    ],
  ],
  [
    'LambdaTelemetryPolicy',
    (stack) => new LambdaTelemetryPolicy(stack, 'Construct'),
    [
      ['allowed', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'UserMetrics/Checkout' }],
      ['implicitDeny', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'AWS/Billing' }],
      ['implicitDeny', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'UserMetricsOther' }],
      ['implicitDeny', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'UserMetrics/Cost' }],
      ['allowed', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'UserMetrics/CostOfSales' }],
      ['implicitDeny', 'cloudwatch:PutMetricData', '*'],
      ['implicitDeny', 'cloudwatch:DeleteAlarms', `arn:aws:cloudwatch:${HERE}:alarm:a`],
      ['allowed', 'logs:PutLogEvents', logs('/aws/lambda/checkout')],
      ['implicitDeny', 'logs:PutLogEvents', logs('/user-metrics/umami')],
      ['implicitDeny', 'logs:GetLogEvents', logs('/aws/lambda/checkout')],
      ['allowed', 'xray:PutTraceSegments', '*'],
      ['implicitDeny', 'xray:PutTraceSegments', '*', elsewhere],
      ['implicitDeny', 'xray:GetTraceSummaries', '*'],
    ],
  ],
  [
    'GrafanaRole',
    (stack) => new GrafanaRole(stack, 'Construct'),
    [
      ['allowed', 'cloudwatch:GetMetricData', '*'],
      ['implicitDeny', 'cloudwatch:GetMetricData', '*', elsewhere],
      ['implicitDeny', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'UserMetrics/Checkout' }],
      ['allowed', 'logs:StartQuery', `arn:aws:logs:${HERE}:log-group:/aws/lambda/checkout`],
      ['allowed', 'logs:GetQueryResults', '*'],
      ['implicitDeny', 'logs:DeleteLogGroup', `arn:aws:logs:${HERE}:log-group:/aws/lambda/checkout`],
      ['implicitDeny', 'logs:StartQuery', 'arn:aws:logs:us-east-1:999988887777:log-group:/aws/lambda/checkout'],
      ['allowed', 'xray:GetTraceSummaries', '*'],
      ['allowed', 'xray:BatchGetTraces', '*'],
      ['allowed', 'tag:GetResources', '*'],
      ['implicitDeny', 'tag:TagResources', '*'],
      ['allowed', 'ec2:DescribeInstances', '*'],
      ['implicitDeny', 'ec2:TerminateInstances', `arn:aws:ec2:${HERE}:instance/i-1`],
    ],
  ],
  ...([UmamiTaskRole, OpenReplayTaskRole] as const).map((role): [string, (stack: Stack) => void, Asked[]] => [
    role.name,
    (stack) => new role(stack, 'Construct'),
    [
      ['implicitDeny', 's3:GetObject', 'arn:aws:s3:::recordings/session'],
      ['implicitDeny', 'secretsmanager:GetSecretValue', SECRET],
      ['implicitDeny', 'sts:AssumeRole', 'arn:aws:iam::111111111111:role/Admin'],
      ['implicitDeny', 'logs:PutLogEvents', logs('/user-metrics/umami')],
    ],
  ]),
];

describe.each(CASES)('%s', (_, create, asked) => {
  const policies = policiesOf(create);

  test.each<Asked>(asked)('%s: %s of %s %j', async (decision, action, resource, context) => {
    expect(await may(policies, action, resource, context)).toBe(decision);
  });

  test('misspells no action, condition operator or key', async () => {
    expect(policies.all.length).toBeGreaterThan(0);
    for (const { kind, document } of policies.all) expect(await lintPolicy(kind, document)).toEqual([]);
  });
});

test('a TaskExecutionRole without secrets reads none', async () => {
  const policies = policiesOf((stack) => new TaskExecutionRole(stack, 'Construct'));
  expect(await may(policies, 'secretsmanager:GetSecretValue', SECRET)).toBe('implicitDeny');
  expect(policies.all.map(({ kind }) => kind)).toEqual(['trust', 'identity']);
});
