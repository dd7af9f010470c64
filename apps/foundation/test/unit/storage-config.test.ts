import { describe, expect, test } from 'vitest';
import { checkFoundation } from '../../src';
import { exampleConfig, exampleStage, problemsAfter } from './example';

const withStorage = (storage: object) => problemsAfter(({ stages }) => Object.assign(stages['dev'] ?? {}, { storage }));

function withLimits(stageLimits: object, ...furtherStages: string[]) {
  return problemsAfter(({ accounts, stages }) => {
    Object.assign(accounts['111122223333']?.cost ?? {}, { stageLimits });
    for (const [index, name] of furtherStages.entries())
      stages[name] = exampleStage(`10.40.${index}.0/24`, `umami_${name}`);
  });
}

test('the storage of a stage has its defaults', () => {
  expect(checkFoundation(exampleConfig(), 'f').stages['dev']?.storage).toEqual({
    retentionDays: 30,
    deletionDelayDays: 7,
    intelligentTiering: true,
    requestMetrics: false,
    alarmGib: 100,
    autoDelete: false,
  });
});

test('everything of the storage can be said', () => {
  const storage = {
    retentionDays: 60,
    deletionDelayDays: 3,
    intelligentTiering: false,
    openReplayOrigins: ['https://openreplay.example.com', 'https://replay.example.com:8443'],
    operatorRoleArns: ['arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Privacy_0a1b'],
    requestMetrics: true,
    alarmGib: 0.5,
    autoDelete: true,
    logArchive: { preset: 'untilOneYear', expirationDays: 121, exportLogGroups: ['/aws/lambda/checkout'] },
  };
  expect(withStorage(storage)).toEqual([]);
});

describe('fails for', () => {
  test.each([
    ['half a day', { retentionDays: 1.5 }, 'retentionDays'],
    ['no delay', { deletionDelayDays: 0 }, 'deletionDelayDays'],
    ['an origin with a path', { openReplayOrigins: ['https://openreplay.example.com/'] }, 'openReplayOrigins[0]'],
    ['an origin without TLS', { openReplayOrigins: ['http://openreplay.example.com'] }, 'openReplayOrigins[0]'],
    ['no origin', { openReplayOrigins: [] }, 'openReplayOrigins'],
    ['a pattern of IAM roles', { operatorRoleArns: ['arn:aws:iam::111122223333:role/*'] }, 'operatorRoleArns[0]'],
    ['an IAM user', { operatorRoleArns: ['arn:aws:iam::111122223333:user/jane'] }, 'operatorRoleArns[0]'],
    ['an alarm at nothing', { alarmGib: 0 }, 'alarmGib'],
    ['a word for a switch', { autoDelete: 'yes' }, 'autoDelete'],
    ['another preset', { logArchive: { preset: 'oneYear' } }, 'logArchive.preset'],
    ['an archive that is over too early', { logArchive: { expirationDays: 454 } }, 'logArchive.expirationDays'],
    [
      'the other archive that is over too early',
      { logArchive: { preset: 'untilOneYear', expirationDays: 120 } },
      'logArchive.expirationDays',
    ],
    ['no log group to export', { logArchive: { exportLogGroups: [] } }, 'logArchive.exportLogGroups'],
    [
      'an ARN of a log group',
      { logArchive: { exportLogGroups: ['arn:aws:logs:x:*'] } },
      'logArchive.exportLogGroups[0]',
    ],
  ])('%s', (_, storage, path) => {
    expect(withStorage(storage).map((problem) => problem.path)).toEqual([`stages.dev.storage.${path}`]);
  });

  test('a customer key, with the reason', () => {
    expect(withStorage({ encryptionKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' })).toEqual([
      expect.objectContaining({
        path: 'stages.dev.storage.encryptionKeyArn',
        expected: expect.stringContaining(
          'OpenReplay presigns URLs in a way that S3 refuses for objects under SSE-KMS',
        ),
      }),
    ]);
  });

  test('an operator of another account', () => {
    expect(withStorage({ operatorRoleArns: ['arn:aws:iam::444455556666:role/Operator'] })).toEqual([
      expect.objectContaining({
        path: 'stages.dev.storage.operatorRoleArns[0]',
        expected: 'must be an IAM role of account 111122223333, where the stage is',
      }),
    ]);
  });
});

describe('budgets of stages', () => {
  test('are for stages of the account that their environment tells apart', () => {
    expect(withLimits({ dev: 40, prod: 100 }, 'prod')).toEqual([]);
  });

  test('fail for a stage that is not there', () => {
    expect(withLimits({ prd: 100 }, 'prod')).toEqual([
      expect.objectContaining({
        path: "accounts['111122223333'].cost.stageLimits.prd",
        expected: 'must name a stage of the account: dev, prod',
      }),
    ]);
  });

  test('fail for a stage that shares its environment', () => {
    expect(withLimits({ dev: 40 }, 'feature')).toEqual([
      expect.objectContaining({
        expected: 'must be told from stage feature by its tag Environment, and both have dev',
      }),
    ]);
  });

  test('fail for no money', () => {
    expect(withLimits({ dev: 0 }).map(({ expected }) => expected)).toEqual(['must be a number of USD, 0.02 or more']);
  });
});
