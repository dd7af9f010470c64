import { actionsOn, type Decision, evaluate, lintPolicy, type PolicyDocument } from '@user-metrics/policy-evaluation';
import { describe, expect, test } from 'vitest';
import { CASES, type Case, onlyFor, withoutDeny } from './replay-cases';
import { deployed } from './replay-stack';

const { bucketArn, bucketPolicy, taskPolicies, operatorPolicies } = deployed();

function decide({ principal, identity, action, on, context }: Case, resourcePolicy: PolicyDocument): Promise<Decision> {
  return evaluate({
    identityPolicies: identity,
    resourcePolicy,
    request: { principal, action, resource: on, resourceAccount: '111122223333', ...(context ? { context } : {}) },
  });
}

describe.each(Object.entries(CASES))('%s', (_, question) => {
  test(`is answered ${question.answer}`, async () => {
    expect(await decide(question, bucketPolicy)).toBe(question.answer);
  });

  test('is answered otherwise by a changed policy', async () => {
    expect(await decide(question, question.changed(bucketPolicy))).not.toBe(question.answer);
  });
});

describe('an administrator', async () => {
  const reads = CASES['an administrator reads'] as Case;

  test.each(await actionsOn('s3', 'object'))('is refused every action of S3 on an object: %s', async (action) => {
    const question = { ...reads, action };
    expect(await decide(question, bucketPolicy)).toBe('explicitDeny');
    expect(await decide(question, withoutDeny(bucketPolicy))).toBe('allowed');
  });

  test('may do anything to the bucket itself, but list versions and uploads in parts', async () => {
    const refused: string[] = [];
    for (const action of await actionsOn('s3', 'bucket'))
      if ((await decide({ ...reads, action, on: bucketArn }, bucketPolicy)) !== 'allowed') refused.push(action);
    expect(refused.sort()).toEqual(['s3:ListBucketMultipartUploads', 's3:ListBucketVersions']);
  });
});

test('another account is refused without the Deny too: nothing lets it in', async () => {
  expect(await decide(CASES['another account reads'] as Case, withoutDeny(bucketPolicy))).toBe('implicitDeny');
});

test('all policies are well formed', async () => {
  expect(await lintPolicy('resource', bucketPolicy)).toEqual([]);
  for (const policy of [...operatorPolicies, ...taskPolicies]) expect(await lintPolicy('identity', policy)).toEqual([]);
});

describe('a bucket of a trial', () => {
  const trial = deployed({ autoDelete: true });
  const emptying = trial.policies.arn('CustomS3AutoDeleteObjectsCustomResourceProviderRole');
  const actions = ['s3:DeleteObject', 's3:DeleteObjectVersion'];
  const ofBucket = ['s3:ListBucketVersions', 's3:ListBucket', 's3:GetBucketPolicy', 's3:PutBucketPolicy'];
  const wanted = [
    ...actions.map((action) => [action, trial.object]),
    ...ofBucket.map((action) => [action, trial.bucketArn]),
  ];

  const asked = (action = '', on = '') => ({
    principal: emptying,
    identity: [],
    action,
    on,
    answer: 'allowed' as const,
    changed: onlyFor(trial.taskRole),
  });

  test.each(wanted)('is emptied by the function of CDK: %s', async (action, on) => {
    expect(await decide(asked(action, on), trial.bucketPolicy)).toBe('allowed');
  });

  test.each(wanted.slice(0, 3))('could not be emptied if the Deny held for it: %s', async (action, on) => {
    const question = asked(action, on);
    expect(await decide(question, question.changed(trial.bucketPolicy))).toBe('explicitDeny');
  });

  test('gives that function nothing to read', async () => {
    expect(await decide(asked('s3:GetObject', trial.object), trial.bucketPolicy)).toBe('implicitDeny');
  });
});
