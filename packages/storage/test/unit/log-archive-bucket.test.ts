import { App, Duration, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import { LogArchiveBucket, type LogArchiveBucketProps } from '../../src';
import { ENV, only } from './bucket';

function create(props?: LogArchiveBucketProps, region = 'us-east-1') {
  const stack = new Stack(new App({ context: recommendedFlags }), 'Storage', { env: { ...ENV, region } });
  new LogArchiveBucket(stack, 'LogArchive', props);
  return stack;
}

function daysOf(props?: LogArchiveBucketProps): [glacier: unknown, expiration: unknown] {
  const { Rules } = only(create(props), 'AWS::S3::Bucket').properties.LifecycleConfiguration;
  type Rule = { Transitions?: { StorageClass: string; TransitionInDays: number }[]; ExpirationInDays?: number };
  const transitions = Rules.flatMap(({ Transitions = [] }: Rule) => Transitions);
  expect(transitions).toHaveLength(1);
  expect(transitions[0].StorageClass).toBe('GLACIER');
  const expiring = Rules.find(({ ExpirationInDays }: Rule) => ExpirationInDays !== undefined);
  return [transitions[0].TransitionInDays, expiring?.ExpirationInDays];
}

describe('the two readings of "1-year Glacier transition"', () => {
  test.each([
    ['by default', undefined, 365, undefined],
    ['after one year', { preset: 'afterOneYear' }, 365, undefined],
    ['until one year', { preset: 'untilOneYear' }, 31, 366],
    ['after one year, gone after five', { expiration: Duration.days(1825) }, 365, 1825],
    ['after one year, gone as early as possible', { expiration: Duration.days(455) }, 365, 455],
    ['until one year, longer', { preset: 'untilOneYear', expiration: Duration.days(400) }, 31, 400],
  ] as const)('%s', (_, props, glacier, expiration) => {
    expect(daysOf(props)).toEqual([glacier, expiration]);
  });

  test.each([
    ['afterOneYear', 454, 455, 365],
    ['untilOneYear', 120, 121, 31],
  ] as const)(
    '%s fails for an expiry after %i days, of which Glacier would bill more',
    (preset, days, least, glacier) => {
      expect(() => create({ preset, expiration: Duration.days(days) })).toThrow(
        `\`expiration\` must be ${least} days or more with ${preset}, got: ${days} days.` +
          ` Logs move to Glacier on day ${glacier}, which bills 90 days at least.`,
      );
    },
  );
});

test('is encrypted, private, and outlives its stack', () => {
  const { properties, resource } = only(create(), 'AWS::S3::Bucket');
  expect(properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
    { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
  ]);
  expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
  expect(properties.OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
  expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(properties).not.toHaveProperty('BucketName');
});

test('says what it holds', () => {
  expect(only(create(), 'AWS::S3::Bucket').properties.Tags).toEqual([
    { Key: 'Component', Value: 'CloudWatch' },
    { Key: 'DataType', Value: 'Logs' },
    { Key: 'Function', Value: 'Logging' },
  ]);
});

test.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
])('in %s the service of that Region may write, for log groups of this account', (region, partition) => {
  const { Statement } = only(create({}, region), 'AWS::S3::BucketPolicy').properties.PolicyDocument;
  const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
  const Condition = {
    StringEquals: { 'aws:SourceAccount': '111111111111' },
    ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:111111111111:log-group:*` },
  };
  const Principal = { Service: `logs.${region}.amazonaws.com` };
  expect(allowed).toMatchObject([
    { Action: 's3:GetBucketAcl', Principal, Condition },
    { Action: 's3:PutObject', Principal, Condition },
  ]);
});
