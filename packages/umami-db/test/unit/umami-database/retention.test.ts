import { existsSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { Duration } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import type { UmamiRetention } from '../../../src';
import { ASSETS } from '../../support/bare-function';
import { deploy, type Resource } from './stack';

const retained = (retention: UmamiRetention = { replays: Duration.days(30) }) => deploy(() => ({ retention }));

describe('retention', () => {
  test('makes nothing unless it is asked for', () => {
    const { database, template } = deploy();

    expect(database.retentionAlarm).toBeUndefined();
    template().resourceCountIs('AWS::Events::Rule', 0);
    template().resourceCountIs('AWS::Lambda::Function', 3);
  });

  test('sends the function once a day what is kept for how long, and two more times when that fails', () => {
    const { template } = retained({ replays: Duration.days(30), sessions: Duration.days(395) });
    const rules = Object.values(template().findResources('AWS::Events::Rule')) as unknown as Resource[];
    const targets = rules.flatMap(({ Properties }) => Properties['Targets']) as { Input: { 'Fn::Join': unknown[] } }[];
    const parts = targets.flatMap(({ Input }) => Input['Fn::Join'][1]);
    const [secret] = Object.keys(template().findResources('AWS::SecretsManager::Secret'));

    expect(rules.map(({ Properties }) => Properties['ScheduleExpression'])).toEqual(['rate(1 day)']);
    expect(targets[0]).toMatchObject({ RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 2 } });
    const [before, reference, after] = parts;
    expect(reference).toEqual({ Ref: secret });
    expect(JSON.parse(`${before}arn:own${after}`)).toEqual({
      action: 'purge',
      Owner: 'Stack/dev',
      SecretArn: 'arn:own',
      Retention: { replays: 2_592_000, sessions: 34_128_000 },
    });
  });

  test('has a function whose IAM role reads the secret of Umami, and not the one of the administrator', () => {
    const { template } = retained();
    const functions = template().findResources('AWS::Lambda::Function', {
      Properties: { Description: 'Deletes old rows in schema umami of Umami' },
    });
    const [secret] = Object.keys(template().findResources('AWS::SecretsManager::Secret'));
    const handlers = Object.values(functions).map(({ Properties }) => Properties);
    const [role] = handlers.map(({ Role }) => Role['Fn::GetAtt'][0]);

    expect(handlers[0]).toMatchObject({
      Timeout: 900,
      Handler: 'index.handler',
      VpcConfig: { SecurityGroupIds: ['sg-1'] },
    });
    expect(existsSync(`${ASSETS}/retention/index.js`)).toBe(true);
    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: role }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
            Resource: { Ref: secret },
          },
        ],
      },
    });
  });

  test('has an alarm on the errors of that function', () => {
    const { database, template } = retained();

    expect(database.retentionAlarm).toBeDefined();
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Errors',
      Threshold: 1,
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: Match.stringLikeRegexp('RetentionFunction') } }],
    });
  });

  test.each([
    [{}, '`retention` must be an object with one or more of replays, events, sessions, got: []'],
    [null, '`retention` must be an object'],
    [{ events: Duration.days(1), users: Duration.days(1) }, 'got: events, users. Give for example'],
    [{ events: Duration.hours(23) }, '`retention.events` must be a duration of whole seconds, at least a day'],
    [{ replays: 30 }, '`retention.replays` must be a duration of whole seconds, at least a day, got: 30'],
    [{ replays: Duration.millis(86_400_001) }, '`retention.replays` must be a duration of whole seconds'],
  ])('of another form is refused: %j', (retention, message) => {
    expect(() => retained(retention as UmamiRetention)).toThrow(message);
  });
});
