import { describe, expect, test } from 'vitest';
import { type Decision, evaluate, type PolicyDocument, type Request } from '../../src';

const ROLE = 'arn:aws:iam::111122223333:role/OpenReplay';
const RECORDING = 'arn:aws:s3:::recordings/session';

const read: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::recordings/*' }],
};

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** Recordings are for one IAM role, by TLS. */
const bucketPolicy: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::recordings/*',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': ROLE } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::recordings/*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
};

const request = (change: Partial<Request> = {}): Request => ({
  principal: ROLE,
  action: 's3:GetObject',
  resource: RECORDING,
  ...change,
});

describe('an identity policy', () => {
  test.each<[string, Partial<Request>, Decision]>([
    ['allows what it names', {}, 'allowed'],
    ['allows no other action', { action: 's3:PutObject' }, 'implicitDeny'],
    ['allows no other resource', { resource: 'arn:aws:s3:::other/session' }, 'implicitDeny'],
    ['does not reach into another account', { resourceAccount: '999988887777' }, 'implicitDeny'],
  ])('%s', async (_, change, decision) => {
    expect(await evaluate({ identityPolicies: [read], request: request(change) })).toBe(decision);
  });

  test('is not needed by nobody: without any, nothing is allowed', async () => {
    expect(await evaluate({ request: request() })).toBe('implicitDeny');
  });
});

describe('a Deny of the resource', () => {
  test.each<[string, Partial<Request>, Decision]>([
    ['lets the named IAM role through', {}, 'allowed'],
    [
      'lets a session of it through',
      { principal: 'arn:aws:sts::111122223333:assumed-role/OpenReplay/task' },
      'allowed',
    ],
    ['stops everybody else', { principal: 'arn:aws:iam::111122223333:role/Admin' }, 'explicitDeny'],
    ['stops requests without TLS', { context: { 'aws:SecureTransport': 'false' } }, 'explicitDeny'],
    ['stops unsigned requests', { principal: 'anonymous', resourceAccount: '111122223333' }, 'explicitDeny'],
  ])('%s', async (_, change, decision) => {
    const asked = request(change);
    const identityPolicies = asked.principal === 'anonymous' ? [] : [everything];
    expect(await evaluate({ identityPolicies, resourcePolicy: bucketPolicy, request: asked })).toBe(decision);
  });
});

describe('a trust', () => {
  const trust: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ],
  };
  test.each<[string, Partial<Request>, Decision]>([
    ['lets the service in for its own account', { context: { 'aws:SourceAccount': '111122223333' } }, 'allowed'],
    ['stops it for another account', { context: { 'aws:SourceAccount': '999988887777' } }, 'implicitDeny'],
    ['stops it when no account is said', {}, 'implicitDeny'],
    [
      'stops another service',
      { principal: 'lambda.amazonaws.com', context: { 'aws:SourceAccount': '111122223333' } },
      'implicitDeny',
    ],
    [
      'stops a principal of the account',
      { principal: 'arn:aws:iam::111122223333:role/Admin', context: { 'aws:SourceAccount': '111122223333' } },
      'implicitDeny',
    ],
  ])('%s', async (_, change, decision) => {
    const asked = request({
      principal: 'ecs-tasks.amazonaws.com',
      action: 'sts:AssumeRole',
      resource: ROLE,
      ...change,
    });
    expect(await evaluate({ resourcePolicy: trust, request: asked })).toBe(decision);
  });
});

describe('what cannot be evaluated is an error', () => {
  test.each<[string, Partial<Request>, RegExp]>([
    ['an action that does not exist', { action: 's3:GetObjekt' }, /action/i],
    ['a resource that is none of the action', { resource: 'arn:aws:s3:::recordings' }, /resource/i],
    [
      'a condition key that is none of the action',
      { context: { 's3:prefics': 'a' } },
      /^`context` must hold condition keys of s3:GetObject, got: s3:prefics\./,
    ],
  ])('fails for %s', async (_, change, message) => {
    await expect(evaluate({ identityPolicies: [read], request: request(change) })).rejects.toThrow(message);
  });

  test('fails for a policy that is none', async () => {
    const broken = { Version: '2012-10-17', Statement: [{ Effect: 'Perhaps', Action: 's3:GetObject', Resource: '*' }] };
    await expect(evaluate({ identityPolicies: [broken], request: request() })).rejects.toThrow(/Effect/);
  });
});
