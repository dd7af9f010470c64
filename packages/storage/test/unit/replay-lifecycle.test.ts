import { CfnParameter, Duration, Lazy, type Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src';
import { create, only } from './bucket';

type Props = Exclude<Parameters<typeof create>[0], undefined>;
type Rule = { readonly Id: string; readonly ExpirationInDays?: unknown };

function bucketOf(props?: Props) {
  return only(create(props).stack, 'AWS::S3::Bucket').properties;
}

function rulesOf(props?: Props): Rule[] {
  return bucketOf(props).LifecycleConfiguration.Rules;
}

const tiers = (props?: Props) => rulesOf(props).some(({ Id }) => Id === 'IntelligentTiering');
const hasArchive = (props?: Props) => 'IntelligentTieringConfigurations' in bucketOf(props);

test('recordings go after 30 days, deleted sessions after 7, broken uploads after 1; all move to Intelligent-Tiering at once', () => {
  expect(rulesOf()).toEqual([
    { Id: 'ExpireRecordings', Status: 'Enabled', ExpirationInDays: 30 },
    {
      Id: 'ExpireDeletedSessions',
      Status: 'Enabled',
      ExpirationInDays: 7,
      TagFilters: [{ Key: 'to_delete_in_days', Value: '7' }],
    },
    {
      Id: 'ExpireDefaultRetention',
      Status: 'Enabled',
      ExpirationInDays: 30,
      TagFilters: [{ Key: 'retention', Value: 'default' }],
    },
    { Id: 'AbortUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    {
      Id: 'IntelligentTiering',
      Status: 'Enabled',
      Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }],
    },
  ]);
});

test('the tag of a deleted session follows the delay, as SCH_DELETE_DAYS of OpenReplay does', () => {
  const rule = rulesOf({ deletionDelay: Duration.days(3) }).find(({ Id }) => Id === 'ExpireDeletedSessions');
  expect(rule).toMatchObject({ ExpirationInDays: 3, TagFilters: [{ Key: 'to_delete_in_days', Value: '3' }] });
});

test('fails for a delay that only the deployment knows, because it is part of a tag', () => {
  const parameter = (stack: Stack) => new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
  expect(() => create((stack) => ({ deletionDelay: Duration.days(parameter(stack)) }))).toThrow(
    '`deletionDelay` must be known at synth, got: a token.',
  );
});

describe('Intelligent-Tiering', () => {
  test('has an archive configuration, which shows in the console and which no recording lives to see', () => {
    expect(bucketOf().IntelligentTieringConfigurations).toEqual([
      { Id: 'Archive', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] },
    ]);
  });

  test.each([
    [true, {}, true, true],
    [true, { retention: Duration.days(90) }, true, true],
    [true, { retention: Duration.days(91) }, true, false],
    [true, { archiveConfiguration: false }, true, false],
    [true, { retention: Duration.days(Lazy.number({ produce: () => 30 })) }, true, false],
    [false, {}, false, false],
  ])('is %s with %o: rule %s, archive configuration %s', (intelligentTiering, props, rule, archive) => {
    expect([tiers({ intelligentTiering, ...props }), hasArchive({ intelligentTiering, ...props })]).toEqual([
      rule,
      archive,
    ]);
  });

  test.each([
    ['91', Duration.days(91)],
    ['unknown', Duration.days(Lazy.number({ produce: () => 30 }))],
  ])('fails for an archive of recordings that are kept for %s days', (days, retention) => {
    expect(() => create({ retention, archiveConfiguration: true })).toThrow(
      new StorageError(
        `\`archiveConfiguration\` must be left out when recordings are kept for more than 90 days, got: true with ${days} days.` +
          ' OpenReplay could not read an archived recording before somebody restores it.',
      ),
    );
  });

  test('fails for an archive without the storage class that it is about', () => {
    expect(() => create({ intelligentTiering: false, archiveConfiguration: true })).toThrow(
      '`archiveConfiguration` must be left out without `intelligentTiering`, got: true.',
    );
  });
});

describe('retention', () => {
  const expirations = (props: Props) =>
    rulesOf(props)
      .filter(({ Id }) => ['ExpireRecordings', 'ExpireDefaultRetention'].includes(Id))
      .map(({ ExpirationInDays }) => ExpirationInDays);

  test.each([
    ['1 day', Duration.days(1), 1],
    ['90 days', Duration.days(90), 90],
    ['48 hours', Duration.hours(48), 2],
  ])('may be %s', (_, retention, days) => {
    expect(expirations({ retention })).toEqual([days, days]);
  });

  test('may be a number that only the deployment knows', () => {
    const parameter = (stack: Stack) => new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    const expected = { Ref: 'Days' };
    expect(expirations((stack) => ({ retention: Duration.days(parameter(stack)) }))).toEqual([expected, expected]);
  });

  test.each([
    ['retention', 0, Duration.days(0)],
    ['retention', 1.5, Duration.hours(36)],
    ['retention', 0.5, Duration.hours(12)],
    ['deletionDelay', 0, Duration.seconds(0)],
  ])('fails for a %s of %s days', (prop, days, duration) => {
    expect(() => create({ [prop]: duration })).toThrow(
      new StorageError(`\`${prop}\` must be whole days, 1 or more, got: ${days} days. S3 expires objects by the day.`),
    );
  });

  test('fails with an error that is told from others by its name', () => {
    expect(() => create({ retention: Duration.days(0) })).toThrow(expect.objectContaining({ name: 'StorageError' }));
  });
});
