import { expect, test } from 'vitest';
import { lintPolicy, type Statement } from '../../src';

const allowed: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::recordings/*' };

const lint = (change: Partial<Statement>) =>
  lintPolicy('identity', { Version: '2012-10-17', Statement: [{ ...allowed, ...change }] });

test.each<[string, Partial<Statement>]>([
  ['actions by name', { Action: ['s3:GetObject', 'logs:PutLogEvents'] }],
  ['actions whatever their case', { Action: 's3:getobject' }],
  ['patterns of actions that exist', { Action: ['s3:Get*', 's3:*', '*'] }],
  [
    'a set of values, and keys that may be missing',
    { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } },
  ],
  ['operators on keys that may be missing', { Condition: { BoolIfExists: { 'aws:SecureTransport': 'true' } } }],
  ['keys with a part of the user', { Condition: { StringEquals: { 'aws:ResourceTag/Project': 'UserMetrics' } } }],
  ['keys of a service', { Condition: { StringLike: { 's3:prefix': 'sessions/*' } } }],
])('finds nothing wrong with %s', async (_, change) => {
  expect(await lint(change)).toEqual([]);
});

test.each<[string, Partial<Statement>, string]>([
  ['a misspelt action', { Action: 's3:GetObjekt' }, 'Statement[0]: there is no action s3:GetObjekt'],
  ['a pattern without a match', { Action: 's3:Gett*' }, 'Statement[0]: there is no action s3:Gett*'],
  [
    'a service that does not exist',
    { Action: 'simplestorage:Get*' },
    'Statement[0]: there is no action simplestorage:Get*',
  ],
  [
    'a misspelt action that is taken out',
    { Action: undefined, NotAction: ['iam:PassRolle'] },
    'Statement[0]: there is no action iam:PassRolle',
  ],
  [
    'a misspelt operator, which IAM would overlook',
    { Condition: { StringNotEqual: { 'aws:PrincipalArn': 'a' } } },
    'Statement[0]: there is no condition operator StringNotEqual',
  ],
  [
    'an operator on a missing key that cannot be missing',
    { Condition: { NullIfExists: { 'aws:PrincipalArn': 'true' } } },
    'Statement[0]: there is no condition operator NullIfExists',
  ],
  [
    'a misspelt key',
    { Condition: { StringEquals: { 'aws:SourceAcount': '111122223333' } } },
    'Statement[0]: there is no condition key aws:SourceAcount',
  ],
  [
    'broken grammar',
    { Effect: 'Perhaps' },
    'Statement[0].Effect: Effect must be present and exactly "Allow" or "Deny"',
  ],
])('finds %s', async (_, change, problem) => {
  expect(await lint(change)).toContain(problem);
});

test('each kind of policy has its own grammar', async () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] };
  expect(await lintPolicy('trust', trust)).toEqual([]);
  expect(await lintPolicy('identity', trust)).not.toEqual([]);
  expect(await lintPolicy('resource', { Version: '2012-10-17', Statement: [allowed] })).not.toEqual([]);
});
