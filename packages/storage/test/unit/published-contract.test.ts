import { Template } from 'aws-cdk-lib/assertions';
import { Policy, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { SessionReplayBucket, StorageError } from '../../src';

function imported() {
  const stack = new Stack(new App(), 'Stack');
  return { stack, bucket: SessionReplayBucket.fromPublishedContract(stack, 'Recordings', { stage: 'dev' }) };
}

test('name and deletion delay are those of the stage', () => {
  const { stack, bucket } = imported();
  const { bucketName, deletionDelayDays } = bucket;
  const parameterOf = (value: string) =>
    Template.fromStack(stack).toJSON().Parameters[stack.resolve(value).Ref].Default;
  expect(parameterOf(bucketName)).toBe('/user-metrics/dev/storage/replay-bucket-name');
  expect(parameterOf(deletionDelayDays)).toBe('/user-metrics/dev/storage/deletion-delay-days');
});

test('a grant to anybody whom the bucket policy lets in nowhere is an error', () => {
  const { stack, bucket } = imported();
  const role = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  for (const grantee of [role, new User(stack, 'User')])
    expect(() => bucket.grantRead(grantee)).toThrow(/^`grantee` must be `taskRole` or one of `operatorRoles`, got: /);
  bucket.grantRead(new Policy(stack, 'OfOperators', { roles: [role] }));
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
});

test('refuses what is no stage', () => {
  const create = () => SessionReplayBucket.fromPublishedContract(imported().stack, 'Other', { stage: '' });
  expect(create).toThrow(StorageError);
  expect(create).toThrow(/^`stage` must be a stage name: .*, got: ''\. /);
});
