import { describe, expect, test } from 'vitest';
import { checkFoundation } from '../../src';
import { assemblyOfConfig, exampleConfig, exampleStage } from './example';
import { ofType, resourcesOf } from './modes';

function assemblyOf({
  storage = {},
  cost = {},
  stages = ['dev'],
}: {
  storage?: object;
  cost?: object;
  stages?: string[];
} = {}) {
  const config = exampleConfig();
  for (const [index, name] of stages.entries())
    config.stages[name] = exampleStage(`10.40.${index}.0/24`, `umami_${name}`);
  Object.assign(config.stages['dev'] ?? {}, { storage });
  Object.assign(config.accounts['111122223333']?.cost ?? {}, cost);
  return assemblyOfConfig(config);
}

const STORAGE = 'UserMetrics-dev-Storage';
const COST = 'UserMetrics-Cost';

describe('the storage stack', () => {
  test('tells the topic of the account when recordings grow, and shows them', () => {
    const assembly = assemblyOf({ storage: { alarmGib: 10 } });
    const [alarm, ...others] = ofType(assembly, 'AWS::CloudWatch::Alarm', STORAGE);
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ Threshold: 10 * 1024 ** 3 });
    expect(alarm?.['AlarmActions']).toEqual([{ 'Fn::ImportValue': expect.stringContaining('UserMetrics-Cost:') }]);
    expect(ofType(assembly, 'AWS::CloudWatch::Dashboard', STORAGE)).toHaveLength(1);
  });

  test('passes on what the configuration says of recordings', () => {
    const assembly = assemblyOf({
      storage: {
        retentionDays: 120,
        deletionDelayDays: 2,
        openReplayOrigins: ['https://openreplay.example.com'],
        operatorRoleArns: ['arn:aws:iam::111122223333:role/Operator'],
        requestMetrics: true,
      },
    });
    const [bucket] = ofType(assembly, 'AWS::S3::Bucket', STORAGE);
    const text = JSON.stringify(bucket);
    for (const part of [
      '"ExpirationInDays":120',
      '"Value":"2"',
      'https://openreplay.example.com',
      'MetricsConfigurations',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('IntelligentTieringConfigurations');
    expect(JSON.stringify(ofType(assembly, 'AWS::S3::BucketPolicy', STORAGE))).toContain('role/Operator');
    expect(
      JSON.stringify(ofType(assemblyOf({ storage: { intelligentTiering: false } }), 'AWS::S3::Bucket', STORAGE)),
    ).not.toContain('INTELLIGENT_TIERING');
  });

  test('has no archive unless it is asked for, exports nothing unless log groups are named', () => {
    const count = (storage: object) => {
      const assembly = assemblyOf({ storage });
      return ['AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::CloudWatch::Alarm'].map(
        (type) => ofType(assembly, type, STORAGE).length,
      );
    };
    expect(count({})).toEqual([1, 0, 1]);
    expect(count({ logArchive: {} })).toEqual([2, 0, 1]);
    expect(count({ logArchive: { preset: 'untilOneYear', exportLogGroups: ['audit'] } })).toEqual([2, 1, 2]);
  });

  test('keeps recordings when it is deleted, but for a trial', () => {
    const policies = (storage: object) =>
      resourcesOf(assemblyOf({ storage })).flatMap(({ Type, DeletionPolicy = 'Delete' }) =>
        Type.startsWith('AWS::S3::Bucket') ? [DeletionPolicy] : [],
      );
    expect(policies({})).toEqual(['Retain', 'Retain']);
    expect(policies({ autoDelete: true })).toEqual(['Delete', 'Delete']);
  });
});

describe('the cost stack', () => {
  test('has one budget, and one more for each stage with a limit', () => {
    const budgets = (cost: object) =>
      ofType(assemblyOf({ cost, stages: ['dev', 'prod'] }), 'AWS::Budgets::Budget', COST).map(({ Budget }) => Budget);
    expect(budgets({})).toMatchObject([{ BudgetLimit: { Amount: 150 } }]);
    expect(budgets({ stageLimits: { dev: 40, prod: 90 } })).toMatchObject([
      { BudgetLimit: { Amount: 150 }, CostFilters: { TagKeyValue: ['user:Project$UserMetrics'] } },
      {
        BudgetLimit: { Amount: 40 },
        FilterExpression: {
          And: [
            { Tags: { Key: 'Project', Values: ['UserMetrics'] } },
            { Tags: { Key: 'Environment', Values: ['dev'] } },
            { Not: {} },
          ],
        },
      },
      { BudgetLimit: { Amount: 90 }, FilterExpression: { And: [{}, { Tags: { Values: ['prod'] } }, {}] } },
    ]);
  });

  test('counts credits and refunds on request, in every budget', () => {
    const cost = { includeCreditsAndRefunds: true, stageLimits: { dev: 40 } };
    const [ofAccount, ofStage] = ofType(assemblyOf({ cost }), 'AWS::Budgets::Budget', COST).map(({ Budget }) => Budget);
    expect(ofAccount).toMatchObject({ CostTypes: { IncludeCredit: true, IncludeRefund: true } });
    expect(JSON.stringify(ofStage)).not.toContain('Credit');
  });

  test.each([
    [1, 0.66],
    [90, 60],
    [150, 100],
  ])('at a limit of %s has its mark where the estimate has it, at %s', (limit, lowerMark) => {
    const config = exampleConfig();
    Object.assign(config.accounts['111122223333']?.cost ?? {}, { limit });
    expect(checkFoundation(config, 'f').accounts['111122223333']?.cost.lowerMark).toBe(lowerMark);
    const [budget] = ofType(assemblyOfConfig(config), 'AWS::Budgets::Budget', COST);
    expect(budget?.['NotificationsWithSubscribers']).toMatchObject([
      { Notification: { Threshold: lowerMark, ThresholdType: 'ABSOLUTE_VALUE' } },
      {},
      {},
      {},
    ]);
  });

  test('encrypts alerts on request only', () => {
    expect(ofType(assemblyOf(), 'AWS::KMS::Key', COST)).toEqual([]);
    expect(ofType(assemblyOf(), 'AWS::SNS::Topic', COST)[0]).not.toHaveProperty('KmsMasterKeyId');
    const encrypted = assemblyOf({ cost: { encryptAlerts: true } });
    expect(ofType(encrypted, 'AWS::KMS::Key', COST)).toMatchObject([{ EnableKeyRotation: true }]);
    expect(ofType(encrypted, 'AWS::SNS::Topic', COST)[0]).toHaveProperty('KmsMasterKeyId');
  });

  test('says topic, budget and state of the tags, for the commands', () => {
    const { Outputs } = assemblyOf().getStackByName(COST).template;
    expect(Outputs.AlertTopicArn.Value).toEqual({ Ref: expect.stringContaining('Alerts') });
    expect(Outputs.BudgetName.Value).toEqual({ Ref: expect.stringContaining('Budget') });
    expect(Outputs.TagStatusParameter.Value).toEqual({ Ref: expect.stringContaining('Status') });
  });

  test('counts the tag keys that its budgets filter by, so that the alarm clears without the others', () => {
    const counted = (cost: object) =>
      JSON.stringify(ofType(assemblyOf({ cost }), 'AWS::Lambda::Function', COST)).match(
        /COUNTED_TAG_KEYS":"(.*?\])"/,
      )?.[1];
    expect(counted({})).toBe('[\\"Project\\"]');
    expect(counted({ stageLimits: { dev: 40 } })).toBe('[\\"Project\\",\\"Environment\\"]');
  });

  test('says while its tags are not known to be active, on the topic and on the dashboard, and when they are', () => {
    const assembly = assemblyOf();
    const [alarm] = ofType(assembly, 'AWS::CloudWatch::Alarm', COST);
    const topic = [{ Ref: expect.stringContaining('Alerts') }];
    expect(alarm).toMatchObject({ MetricName: 'InactiveCostAllocationTags', AlarmActions: topic, OKActions: topic });
    const [dashboard] = ofType(assembly, 'AWS::CloudWatch::Dashboard', 'UserMetrics-CostReports');
    expect(JSON.stringify(dashboard)).toMatch(/ImportValue[^}]*InactiveBudgetTags/);
    expect(JSON.stringify(dashboard)).toMatch(/Budget tag status.*ImportValue[^}]*CostAllocationTags/);
  });
});
