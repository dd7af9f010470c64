import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { App, Aws, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { GrafanaRole, LambdaTelemetryPolicy, OpenReplayTaskRole, TaskExecutionRole, UmamiTaskRole } from '../../src';

const newStack = () => new Stack(new App(), 'Stack');

test.each([
  [
    'task-execution-role-arn',
    (stack: Stack) => TaskExecutionRole.fromPublishedContract(stack, 'A', { stage: 'dev' }).roleArn,
  ],
  ['umami-task-role-arn', (stack: Stack) => UmamiTaskRole.fromPublishedContract(stack, 'A', { stage: 'dev' }).roleArn],
  [
    'openreplay-task-role-arn',
    (stack: Stack) => OpenReplayTaskRole.fromPublishedContract(stack, 'A', { stage: 'dev' }).roleArn,
  ],
  ['grafana-role-arn', (stack: Stack) => GrafanaRole.fromPublishedContract(stack, 'A', { stage: 'dev' }).roleArn],
  [
    'lambda-telemetry-policy-arn',
    (stack: Stack) => LambdaTelemetryPolicy.fromPublishedContract(stack, 'A', { stage: 'dev' }).managedPolicyArn,
  ],
])('%s is read at each deployment, and nothing is made', (name, arnOf) => {
  const stack = newStack();
  const { Ref } = stack.resolve(arnOf(stack));
  const { Parameters, Resources } = Template.fromStack(stack).toJSON();
  expect(Parameters[Ref]).toEqual({
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default: `/user-metrics/dev/access/${name}`,
  });
  expect(Resources).toBeUndefined();
});

test('a grant adds nothing to an IAM role of the foundation', () => {
  const stack = newStack();
  const role = UmamiTaskRole.fromPublishedContract(stack, 'A', { stage: 'dev' });
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
});

const wrong = [
  { stage: '' },
  { stage: 'dev/' },
  { stage: '1st' },
  { stage: 'a'.repeat(33) },
  { stage: 3 },
  { stage: null },
  {},
];

test.each([GrafanaRole, LambdaTelemetryPolicy])('%o refuses what is no stage', (Importer) => {
  const from = (props: object) => () => Importer.fromPublishedContract(newStack(), 'A', props as { stage: string });
  for (const props of wrong)
    expect(from(props)).toThrow(/^`stage` must be a stage name: .*, got: .*\. Give a stage that/);
  expect(from({ stage: Aws.STACK_NAME })).toThrow(/^`stage` must be known at synth, got: a token\. /);
  expect(from({ stage: 'dev', prefix: 'x' })).toThrow(/^`props` must hold only stage, got: prefix\./);
});
