import { Template } from 'aws-cdk-lib/assertions';
import { CfnParameter, type Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { AlertTopic } from '../../src';
import { newStack, ofType } from './template';

function create(emails: readonly string[] = ['platform@example.com'], region?: string) {
  const stack = newStack(region);
  new AlertTopic(stack, 'Alerts', { emails });
  return stack;
}

function statements(region?: string): { readonly [key: string]: unknown }[] {
  return ofType(create(['platform@example.com'], region), 'AWS::SNS::TopicPolicy')[0]?.properties.PolicyDocument
    .Statement;
}

describe('the topic policy', () => {
  test('lets budgets, alarms and anomaly detection of this account publish over TLS, and nobody else', () => {
    const [{ logicalId: topic } = {}] = ofType(create(), 'AWS::SNS::Topic');
    const publish = { Action: 'sns:Publish', Resource: { Ref: topic } };
    expect(statements()).toEqual([
      {
        ...publish,
        Sid: 'AllowPublishThroughSSLOnly',
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        ...publish,
        Sid: 'BudgetsPublish',
        Effect: 'Allow',
        Principal: { Service: 'budgets.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111111111111' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::111111111111:*' },
        },
      },
      {
        ...publish,
        Sid: 'AlarmsPublish',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111111111111' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-central-1:111111111111:alarm:*' },
        },
      },
      {
        ...publish,
        Sid: 'AnomaliesPublish',
        Effect: 'Allow',
        Principal: { Service: 'costalerts.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
      },
    ]);
  });

  test('follows the partition of the Region', () => {
    const arns = statements('cn-north-1').map(({ Condition }) => (Condition as { ArnLike?: object }).ArnLike);
    expect(arns).toEqual([
      undefined,
      { 'aws:SourceArn': 'arn:aws-cn:budgets::111111111111:*' },
      { 'aws:SourceArn': 'arn:aws-cn:cloudwatch:cn-north-1:111111111111:alarm:*' },
      undefined,
    ]);
  });

  test('is the one policy of the one topic', () => {
    const stack = create();
    const [{ logicalId: topic } = {}] = ofType(stack, 'AWS::SNS::Topic');
    expect(ofType(stack, 'AWS::SNS::TopicPolicy').map(({ properties }) => properties.Topics)).toEqual([
      [{ Ref: topic }],
    ]);
  });
});

describe('subscriptions', () => {
  const subscribed = (stack: Stack) =>
    ofType(stack, 'AWS::SNS::Subscription').map(({ properties }) => [properties.Protocol, properties.Endpoint]);

  test('are made for each address by e-mail', () => {
    const created = create(['platform@example.com', 'finance@example.com']);
    expect(subscribed(created)).toEqual([
      ['email', 'platform@example.com'],
      ['email', 'finance@example.com'],
    ]);
    const [{ logicalId: topic } = {}] = ofType(created, 'AWS::SNS::Topic');
    const topics = ofType(created, 'AWS::SNS::Subscription').map(({ properties }) => properties.TopicArn);
    expect(topics).toEqual([{ Ref: topic }, { Ref: topic }]);
  });

  test('keep their logical ids when another address goes', () => {
    const ids = (stack: Stack) => ofType(stack, 'AWS::SNS::Subscription').map(({ logicalId }) => logicalId);
    expect(ids(create(['a@example.com', 'b@example.com']))).toEqual(
      expect.arrayContaining(ids(create(['b@example.com']))),
    );
  });

  test('take an address that only the deployment knows', () => {
    const stack = newStack();
    new AlertTopic(stack, 'Alerts', { emails: [new CfnParameter(stack, 'Email').valueAsString] });
    expect(subscribed(stack)).toEqual([['email', { Ref: 'Email' }]]);
  });
});

test('says what it is for, and has a name given by CloudFormation and no key that services could not use', () => {
  expect(ofType(create(), 'AWS::SNS::Topic').map(({ properties }) => properties)).toEqual([
    {
      DisplayName: 'Observability alerts',
      Tags: [
        { Key: 'Component', Value: 'CloudWatch' },
        { Key: 'Function', Value: 'Metrics' },
      ],
    },
  ]);
});

test('makes nothing but the topic, its policy and the subscriptions', () => {
  const { Resources } = Template.fromStack(create()).toJSON() as {
    Resources: { [id: string]: { Type: string } };
  };
  expect(Object.values(Resources).map(({ Type }) => Type)).toEqual([
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SNS::Subscription',
  ]);
});
