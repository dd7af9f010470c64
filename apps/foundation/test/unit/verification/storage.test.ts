import { expect, test } from 'vitest';
import { encryption } from '../../../src/verification/storage/encryption';
import { expiry } from '../../../src/verification/storage/expiry';
import { logArchive } from '../../../src/verification/storage/log-archive';
import { recordingsAccess } from '../../../src/verification/storage/recordings-access';
import { storageMetrics } from '../../../src/verification/storage/storage-metrics';
import { tiering } from '../../../src/verification/storage/tiering';
import { ACCOUNT, expectedStage, testCriterion } from './criterion-cases';

const TASK_ROLE = `arn:aws:iam::${ACCOUNT}:role/openreplay`;
const OTHER_ROLE = `arn:aws:iam::${ACCOUNT}:role/shop-functions`;
const EMPTYING_ROLE = `arn:aws:iam::${ACCOUNT}:role/emptying`;
const withStorage = (storage: object) =>
  expectedStage((stage) => {
    Object.assign(stage, { storage });
  });

const tlsOnly = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const bucket = {
  bucket: 'recordings',
  algorithm: 'AES256',
  blocked: 4,
  ownership: 'BucketOwnerEnforced',
  policy: [tlsOnly],
  origins: [],
};

testCriterion(encryption, bucket, {
  'objects are encrypted with a key': {
    observed: { ...bucket, algorithm: 'aws:kms' },
    says: ['the encryption is aws:kms instead of AES256'],
  },
  'objects are not encrypted': {
    observed: { ...bucket, algorithm: undefined },
    says: ['the encryption is none instead of AES256'],
  },
  'one way of public access is open': {
    observed: { ...bucket, blocked: 3 },
    says: ['3 of 4 ways of public access are blocked'],
  },
  'the account that writes an object owns it': {
    observed: { ...bucket, ownership: 'ObjectWriter' },
    says: ['the ownership of objects is ObjectWriter'],
  },
  'plain HTTP is let in': { observed: { ...bucket, policy: [] }, says: ['plain HTTP is not refused'] },
  'browsers of another origin may read it': {
    observed: { ...bucket, origins: ['https://somebody.example.com'] },
    says: ['the list of origins has https://somebody.example.com too'],
  },
  'browsers of the configuration may not': {
    expected: withStorage({ openReplayOrigins: ['https://openreplay.example.com'] }),
    says: ['the list of origins lacks https://openreplay.example.com'],
  },
});

const rule = (days: number, Filter: object) => ({ Status: 'Enabled', Filter, Expiration: { Days: days } }) as const;
const forAll = {
  ...rule(30, { Prefix: '' }),
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  Transitions: [{ Days: 0, StorageClass: 'INTELLIGENT_TIERING' as const }],
};
const tagged = [
  rule(7, { Tag: { Key: 'to_delete_in_days', Value: '7' } }),
  rule(30, { Tag: { Key: 'retention', Value: 'default' } }),
];
const rules = [forAll, ...tagged];
const TAG_RULES = ['to_delete_in_days=7 after 7 days', 'retention=default after 30 days'];
const withoutTagRules = TAG_RULES.map((text) => `the list of tags lacks ${text}`);

testCriterion(expiry, rules, {
  'recordings of deleted sessions stay': {
    observed: [forAll, ...tagged.slice(1)],
    says: withoutTagRules.slice(0, 1),
  },
  'recordings stay a year': {
    observed: rules.map((one) => ({ ...one, Expiration: { Days: 365 } })),
    says: [
      'recordings expire after 365 days',
      ...withoutTagRules,
      'the list of tags has to_delete_in_days=7 after 365 days too',
      'the list of tags has retention=default after 365 days too',
    ],
  },
  'the rules are disabled': {
    observed: rules.map((one) => ({ ...one, Status: 'Disabled' as const })),
    says: ['recordings expire after no days', 'interrupted uploads never expire', ...withoutTagRules],
  },
  'there are no rules': {
    observed: [],
    says: ['recordings expire after no days', 'interrupted uploads never expire', ...withoutTagRules],
  },
  'the rules are for some recordings only': {
    observed: [{ ...forAll, Filter: { Prefix: 'sessions/' } }, ...tagged],
    says: ['recordings expire after no days', 'interrupted uploads never expire'],
  },
});

const tiers = { rules, archives: 1 };

testCriterion(tiering, tiers, {
  'recordings move later': {
    observed: {
      ...tiers,
      rules: [{ ...forAll, Transitions: [{ Days: 7, StorageClass: 'INTELLIGENT_TIERING' as const }] }],
    },
    says: ['recordings move after 7 days'],
  },
  'recordings do not move': {
    observed: { ...tiers, rules: rules.map((one) => ({ ...one, Status: 'Disabled' as const })) },
    says: ['recordings move after no days'],
  },
  'the archive configuration is off': {
    observed: { ...tiers, archives: 0 },
    says: ['0 archive configurations instead of 1'],
  },
  'recordings that are kept longer are archived': {
    expected: withStorage({ retentionDays: 120 }),
    says: ['1 archive configurations instead of 0'],
  },
});

test('tiering and an archive of logs are not applicable without their configuration', () => {
  expect(tiering.evaluate(tiers, withStorage({ intelligentTiering: false })).applies).toBe(false);
  expect(logArchive.evaluate({ rules: [] }, expectedStage()).applies).toBe(false);
});

const refusal = (...roles: string[]) => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['s3:GetObject*', 's3:PutObject'],
  Resource: 'arn:aws:s3:::recordings/*',
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
});
const allowed = (AWS: string) => ({ Effect: 'Allow', Principal: { AWS }, Action: 's3:PutObject', Resource: '*' });
const access = {
  bucket: 'recordings',
  policy: [tlsOnly, refusal(TASK_ROLE)],
  taskRoleArn: TASK_ROLE,
  emptyingRoleArns: [],
};

testCriterion(recordingsAccess, access, {
  'another role is let in too': {
    observed: { ...access, policy: [refusal(TASK_ROLE, OTHER_ROLE)] },
    says: [`the list of who is let in has ${OTHER_ROLE} too`],
  },
  'an operator of the configuration is not let in': {
    expected: withStorage({ operatorRoleArns: [OTHER_ROLE] }),
    says: [`the list of who is let in lacks ${OTHER_ROLE}`],
  },
  'only one role is refused': {
    observed: { ...access, policy: [{ ...refusal(TASK_ROLE), Principal: { AWS: OTHER_ROLE } }] },
    says: ['the policy refuses nobody'],
  },
  'the bucket has no policy': { observed: { ...access, policy: [] }, says: ['the policy refuses nobody'] },
  'another bucket is refused': {
    observed: { ...access, policy: [{ ...refusal(TASK_ROLE), Resource: 'arn:aws:s3:::others/*' }] },
    says: ['the policy refuses nobody'],
  },
  'the policy allows something itself': {
    observed: { ...access, policy: [...access.policy, allowed(OTHER_ROLE)] },
    says: ['the policy itself allows s3:PutObject'],
  },
  'a function may empty the bucket of a stage that keeps its recordings': {
    observed: {
      ...access,
      emptyingRoleArns: [EMPTYING_ROLE],
      policy: [refusal(TASK_ROLE, EMPTYING_ROLE), allowed(EMPTYING_ROLE)],
    },
    says: [`the list of who is let in has ${EMPTYING_ROLE} too`, 'the policy itself allows s3:PutObject'],
  },
});

test.each([
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('recordings in %s have ARNs of the partition %s', (region, partition) => {
  const policy = [{ ...refusal(TASK_ROLE), Resource: `arn:${partition}:s3:::recordings/*` }];
  expect(recordingsAccess.evaluate({ ...access, policy }, { ...expectedStage(), region }).wrong).toEqual([]);
  expect(recordingsAccess.evaluate(access, { ...expectedStage(), region }).wrong).toEqual([
    'the policy refuses nobody',
  ]);
});

test('a function may empty the bucket of a stage that takes its recordings along', () => {
  const policy = [refusal(TASK_ROLE, EMPTYING_ROLE), allowed(EMPTYING_ROLE)];
  const observed = { ...access, emptyingRoleArns: [EMPTYING_ROLE], policy };
  expect(recordingsAccess.evaluate(observed, withStorage({ autoDelete: true })).wrong).toEqual([]);
});

const size = { namespace: 'AWS/S3', name: 'BucketSizeBytes', dimensions: { BucketName: 'recordings' } };
const metrics = {
  bucket: 'recordings',
  metrics: [size],
  alarms: [{ threshold: 100 * 2 ** 30, actions: 1 }],
  requestMetrics: [],
};

testCriterion(storageMetrics, metrics, {
  'the alarm tells nobody': {
    observed: { ...metrics, alarms: [{ threshold: 100 * 2 ** 30, actions: 0 }] },
    says: ['no alarm at 100 GiB that tells somebody'],
  },
  'the alarm goes off at another size': {
    expected: withStorage({ alarmGib: 50 }),
    says: ['no alarm at 50 GiB that tells somebody'],
  },
  'the dashboard shows another bucket': {
    observed: { ...metrics, metrics: [{ ...size, dimensions: { BucketName: 'others' } }] },
    says: ['no dashboard shows the bucket'],
  },
  'request metrics that the configuration does not ask for': {
    observed: { ...metrics, requestMetrics: ['EntireBucket'] },
    says: ['the list of request metrics has EntireBucket too'],
  },
  'request metrics that the configuration asks for': {
    expected: withStorage({ requestMetrics: true }),
    says: ['the list of request metrics lacks EntireBucket'],
  },
});

const archive = (preset: string) => withStorage({ logArchive: { preset } });
const toGlacier = (Days: number) => ({
  bucket: 'logs',
  rules: [{ Status: 'Enabled' as const, Transitions: [{ Days, StorageClass: 'GLACIER' as const }] }],
});

testCriterion(
  logArchive,
  toGlacier(365),
  {
    'the archive that the configuration asks for is not there': {
      observed: { rules: [] },
      says: ['there is no such bucket'],
    },
    'logs stay in S3 Standard': {
      observed: { bucket: 'logs', rules: [] },
      says: ['logs do not go to Glacier on day 365'],
    },
    'logs go to Glacier too early': { observed: toGlacier(31), says: ['logs do not go to Glacier on day 365'] },
  },
  archive('afterOneYear'),
);
