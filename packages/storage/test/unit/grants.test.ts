import { Template } from 'aws-cdk-lib/assertions';
import {
  AccountPrincipal,
  AnyPrincipal,
  type IGrantable,
  ManagedPolicy,
  Policy,
  Role,
  ServicePrincipal,
  User,
} from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import type { SessionReplayBucket } from '../../src';
import { create, only } from './bucket';

const made = (stack: Stack, id: string) =>
  new Role(stack, id, { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });

/** A bucket of an IAM role of the same stack, with an operator. */
function bucketOfTwo() {
  return create((stack) => ({ taskRole: made(stack, 'Tasks'), operatorRoles: [made(stack, 'Operator')] }));
}

function find(stack: Stack, id: string): Role {
  return stack.node.findChild(id) as Role;
}

describe('grantReplayAccess', () => {
  const use = (bucketArn: object) => [
    {
      Effect: 'Allow',
      Action: [
        's3:AbortMultipartUpload',
        's3:GetObject',
        's3:GetObjectTagging',
        's3:ListMultipartUploadParts',
        's3:PutObject',
        's3:PutObjectTagging',
      ],
      Resource: { 'Fn::Join': ['', [bucketArn, '/*']] },
    },
    { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: bucketArn },
  ];

  test.each<[string, (stack: Stack) => IGrantable]>([
    ['the task role', (stack) => find(stack, 'Tasks')],
    ['a policy attached to it', (stack) => new Policy(stack, 'Use', { roles: [find(stack, 'Tasks')] })],
  ])('lets %s use the recordings, in the bucket alone', (_, grantee) => {
    const { stack, bucket } = bucketOfTwo();
    bucket.grantReplayAccess(grantee(stack)).assertSuccess();
    const bucketArn = { 'Fn::GetAtt': [only(stack, 'AWS::S3::Bucket').logicalId, 'Arn'] };
    const { properties } = only(stack, 'AWS::IAM::Policy');
    expect(properties.PolicyDocument.Statement).toEqual(expect.arrayContaining(use(bucketArn)));
    expect(properties.PolicyDocument.Statement).toHaveLength(2);
    expect(properties.Roles).toEqual([stack.resolve(find(stack, 'Tasks').roleName)]);
  });

  test('is granted to nobody by the bucket itself', () => {
    const { stack } = create();
    expect(Template.fromStack(stack).findResources('AWS::IAM::Policy')).toEqual({});
  });
});

const GRANTS: { readonly [name: string]: (bucket: SessionReplayBucket, grantee: IGrantable) => unknown } = {
  grantReplayAccess: (bucket, grantee) => bucket.grantReplayAccess(grantee),
  grantErasure: (bucket, grantee) => bucket.grantErasure(grantee),
  grantRead: (bucket, grantee) => bucket.grantRead(grantee),
  grantWrite: (bucket, grantee) => bucket.grantWrite(grantee),
  grantReadWrite: (bucket, grantee) => bucket.grantReadWrite(grantee),
  grantPut: (bucket, grantee) => bucket.grantPut(grantee),
  grantDelete: (bucket, grantee) => bucket.grantDelete(grantee),
  'grants.read': (bucket, grantee) => bucket.grants.read(grantee),
  'grants.readWrite': (bucket, grantee) => bucket.grants.readWrite(grantee),
};

describe.each(Object.entries(GRANTS))('%s', (_, grant) => {
  test.each(['Tasks', 'Operator'])('takes %s, which the bucket policy lets in', (id) => {
    const { stack, bucket } = bucketOfTwo();
    grant(bucket, find(stack, id));
    expect(only(stack, 'AWS::IAM::Policy').properties.Roles).toEqual([stack.resolve(find(stack, id).roleName)]);
  });

  test.each<[string, string, (stack: Stack) => IGrantable]>([
    ['another IAM role', 'Storage/Other', (stack) => made(stack, 'Other')],
    ['an imported IAM role', 'Storage/Other', (stack) => Role.fromRoleName(stack, 'Other', 'Administrator')],
    ['a user', 'Storage/Jane', (stack) => new User(stack, 'Jane')],
    ['a service', 'ServicePrincipal(cloudfront.amazonaws.com)', () => new ServicePrincipal('cloudfront.amazonaws.com')],
    ['another account', '', () => new AccountPrincipal('444455556666')],
    ['anybody', '', () => new AnyPrincipal()],
  ])('refuses %s, which it denies everything', (_who, got, grantee) => {
    const { stack, bucket } = bucketOfTwo();
    expect(() => grant(bucket, grantee(stack))).toThrow(
      expect.objectContaining({
        name: 'StorageError',
        message: expect.stringContaining(`\`grantee\` must be \`taskRole\` or one of \`operatorRoles\`, got: ${got}`),
      }),
    );
  });
});

test('a managed policy can be granted what an operator does', () => {
  const { stack, bucket } = bucketOfTwo();
  bucket.grantErasure(new ManagedPolicy(stack, 'Erasure'));
  const { Statement } = only(stack, 'AWS::IAM::ManagedPolicy').properties.PolicyDocument;
  expect(Statement[1].Action).toEqual([
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:GetObject',
    's3:GetObjectTagging',
  ]);
});
