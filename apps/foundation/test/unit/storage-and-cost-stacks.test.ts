import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { describe, expect, test } from 'vitest';
import { buildApp, checkFoundation } from '../../src';
import { exampleConfig, exampleStage } from './example';

type Properties = { readonly [name: string]: unknown };

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
  for (const [index, name] of stages.entries()) {
    const stage = exampleStage(`10.40.${index}.0/24`);
    Object.assign(stage.database, { schema: `umami_${name}`, databaseRole: `umami_${name}` });
    config.stages[name] = stage;
  }
  Object.assign(config.stages['dev'] ?? {}, { storage });
  Object.assign(config.accounts['111122223333']?.cost ?? {}, cost);
  return buildApp(checkFoundation(config, 'f'), 'dev').synth();
}

function ofType(assembly: CloudAssembly, stackName: string, type: string): Properties[] {
  const { Resources } = assembly.getStackByName(stackName).template as {
    Resources: { [id: string]: { Type: string; Properties: Properties } };
  };
  return Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

const STORAGE = 'UserMetrics-dev-Storage';
const COST = 'UserMetrics-Cost';

describe('the storage stack', () => {
  test('tells the topic of the account when recordings grow, and shows them', () => {
    const assembly = assemblyOf({ storage: { alarmGib: 10 } });
    const [alarm, ...others] = ofType(assembly, STORAGE, 'AWS::CloudWatch::Alarm');
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ Threshold: 10 * 1024 ** 3 });
    expect(alarm?.['AlarmActions']).toEqual([{ 'Fn::ImportValue': expect.stringContaining('UserMetrics-Cost:') }]);
    expect(ofType(assembly, STORAGE, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
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
    const [bucket] = ofType(assembly, STORAGE, 'AWS::S3::Bucket');
    const text = JSON.stringify(bucket);
    for (const part of [
      '"ExpirationInDays":120',
      '"Value":"2"',
      'https://openreplay.example.com',
      'MetricsConfigurations',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('IntelligentTieringConfigurations');
    expect(JSON.stringify(ofType(assembly, STORAGE, 'AWS::S3::BucketPolicy'))).toContain('role/Operator');
    expect(
      JSON.stringify(ofType(assemblyOf({ storage: { intelligentTiering: false } }), STORAGE, 'AWS::S3::Bucket')),
    ).not.toContain('INTELLIGENT_TIERING');
  });

  test('has no archive unless it is asked for, exports nothing unless log groups are named', () => {
    const count = (storage: object) => {
      const assembly = assemblyOf({ storage });
      return ['AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::CloudWatch::Alarm'].map(
        (type) => ofType(assembly, STORAGE, type).length,
      );
    };
    expect(count({})).toEqual([1, 0, 1]);
    expect(count({ logArchive: {} })).toEqual([2, 0, 1]);
    expect(count({ logArchive: { preset: 'untilOneYear', exportLogGroups: ['audit'] } })).toEqual([2, 1, 2]);
  });

  test('keeps recordings when it is deleted, but for a trial', () => {
    const policies = (storage: object) => {
      const { Resources } = assemblyOf({ storage }).getStackByName(STORAGE).template;
      return Object.values(Resources as { [id: string]: { Type: string; DeletionPolicy?: string } }).flatMap(
        ({ Type, DeletionPolicy = 'Delete' }) => (Type.startsWith('AWS::S3::Bucket') ? [DeletionPolicy] : []),
      );
    };
    expect(policies({})).toEqual(['Retain', 'Retain']);
    expect(policies({ autoDelete: true })).toEqual(['Delete', 'Delete']);
  });
});

describe('the cost stack', () => {
  test('has one budget, and one more for each stage with a limit', () => {
    const budgets = (cost: object) =>
      ofType(assemblyOf({ cost, stages: ['dev', 'prod'] }), COST, 'AWS::Budgets::Budget').map(({ Budget }) => Budget);
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
    const [ofAccount, ofStage] = ofType(assemblyOf({ cost }), COST, 'AWS::Budgets::Budget').map(({ Budget }) => Budget);
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
    const foundation = checkFoundation(config, 'f');
    expect(foundation.accounts['111122223333']?.cost.lowerMark).toBe(lowerMark);
    const [budget] = ofType(buildApp(foundation, 'dev').synth(), COST, 'AWS::Budgets::Budget');
    expect(budget?.['NotificationsWithSubscribers']).toMatchObject([
      { Notification: { Threshold: lowerMark, ThresholdType: 'ABSOLUTE_VALUE' } },
      {},
      {},
      {},
    ]);
  });

  test('has no fixed names, by which accounts or stages could collide', () => {
    const assembly = assemblyOf({ cost: { stageLimits: { dev: 40 }, encryptAlerts: true } });
    for (const [type, name] of [
      ['AWS::Budgets::Budget', 'BudgetName'],
      ['AWS::SNS::Topic', 'TopicName'],
      ['AWS::KMS::Key', 'KeyId'],
    ] as const) {
      const found = ofType(assembly, COST, type);
      expect(found.length).toBeGreaterThan(0);
      expect(JSON.stringify(found)).not.toContain(name);
    }
  });

  test('is the same whichever stage is deployed', () => {
    const config = exampleConfig();
    const production = exampleStage('10.40.251.0/24');
    Object.assign(production.database, { schema: 'umami_prod', databaseRole: 'umami_prod' });
    config.stages['prod'] = production;
    const foundation = checkFoundation(config, 'f');
    const [dev, prod] = ['dev', 'prod'].map((name) => buildApp(foundation, name).synth().getStackByName(COST).template);
    expect(dev).toEqual(prod);
  });

  test('encrypts alerts on request only', () => {
    expect(ofType(assemblyOf(), COST, 'AWS::KMS::Key')).toEqual([]);
    expect(ofType(assemblyOf(), COST, 'AWS::SNS::Topic')[0]).not.toHaveProperty('KmsMasterKeyId');
    const encrypted = assemblyOf({ cost: { encryptAlerts: true } });
    expect(ofType(encrypted, COST, 'AWS::KMS::Key')).toMatchObject([{ EnableKeyRotation: true }]);
    expect(ofType(encrypted, COST, 'AWS::SNS::Topic')[0]).toHaveProperty('KmsMasterKeyId');
  });

  test('says topic, budget and state of the tags, for the commands', () => {
    const { Outputs } = assemblyOf().getStackByName(COST).template;
    expect(Outputs.AlertTopicArn.Value).toEqual({ Ref: expect.stringContaining('Alerts') });
    expect(Outputs.BudgetName.Value).toEqual({ Ref: expect.stringContaining('Budget') });
    expect(Outputs.TagStatusParameter.Value).toEqual({ Ref: expect.stringContaining('Status') });
  });

  test('counts the tag keys that its budgets filter by, so that the alarm clears without the others', () => {
    const counted = (cost: object) =>
      JSON.stringify(ofType(assemblyOf({ cost }), COST, 'AWS::Lambda::Function')).match(
        /COUNTED_TAG_KEYS":"(.*?\])"/,
      )?.[1];
    expect(counted({})).toBe('[\\"Project\\"]');
    expect(counted({ stageLimits: { dev: 40 } })).toBe('[\\"Project\\",\\"Environment\\"]');
  });

  test('says while its tags are not known to be active, on the topic and on the dashboard, and when they are', () => {
    const assembly = assemblyOf();
    const [alarm] = ofType(assembly, COST, 'AWS::CloudWatch::Alarm');
    const topic = [{ Ref: expect.stringContaining('Alerts') }];
    expect(alarm).toMatchObject({ MetricName: 'InactiveCostAllocationTags', AlarmActions: topic, OKActions: topic });
    const [dashboard] = ofType(assembly, 'UserMetrics-CostReports', 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(dashboard)).toMatch(/ImportValue[^}]*InactiveBudgetTags/);
    expect(JSON.stringify(dashboard)).toMatch(/Budget tag status.*ImportValue[^}]*CostAllocationTags/);
  });
});
