import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import { SessionReplayBucket, StorageError } from '../../src';
import { bucketPolicy, create, ENV, only, TASK_ROLE_ARN } from './bucket';

describe('the bucket', () => {
  test('is encrypted with the keys of S3', () => {
    expect(only(create().stack, 'AWS::S3::Bucket').properties.BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    });
  });

  test('cannot be made public, neither by a policy nor by an ACL', () => {
    const { properties } = only(create().stack, 'AWS::S3::Bucket');
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(properties.OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    expect(properties).not.toHaveProperty('AccessControl');
  });

  test('deletes recordings after 30 days, and uploads that broke off after one', () => {
    expect(only(create().stack, 'AWS::S3::Bucket').properties.LifecycleConfiguration).toEqual({
      Rules: [
        { Id: 'ExpireRecordings', Status: 'Enabled', ExpirationInDays: 30 },
        { Id: 'AbortUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      ],
    });
  });

  test('keeps no old versions, which the lifecycle would have to delete too', () => {
    expect(only(create().stack, 'AWS::S3::Bucket').properties).not.toHaveProperty('VersioningConfiguration');
  });

  test('outlives its stack, and so does its policy', () => {
    const { stack } = create();
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
      expect(only(stack, type).resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('has a name given by CloudFormation, so that another one can be deployed beside it', () => {
    expect(only(create().stack, 'AWS::S3::Bucket').properties).not.toHaveProperty('BucketName');
  });

  test('says what it holds', () => {
    expect(only(create().stack, 'AWS::S3::Bucket').properties.Tags).toEqual([
      { Key: 'Component', Value: 'OpenReplay' },
      { Key: 'DataType', Value: 'Sessions' },
      { Key: 'Function', Value: 'SessionReplay' },
    ]);
  });
});

describe('the bucket policy', () => {
  test('has exactly two statements: TLS only, and the task role only', () => {
    const { stack } = create();
    const { logicalId } = only(stack, 'AWS::S3::Bucket');
    const bucketArn = { 'Fn::GetAtt': [logicalId, 'Arn'] };
    const resources = [bucketArn, { 'Fn::Join': ['', [bucketArn, '/*']] }];
    expect(bucketPolicy(stack)).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Resource: resources,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'RecordingsForTheTaskRoleOnly',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          's3:AbortMultipartUpload',
          's3:DeleteObject*',
          's3:GetObject*',
          's3:ListBucketMultipartUploads',
          's3:ListBucketVersions',
          's3:ListMultipartUploadParts',
          's3:PutObject*',
          's3:ReplicateObject',
          's3:RestoreObject',
        ],
        Resource: resources,
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': TASK_ROLE_ARN } },
      },
    ]);
  });

  test('follows a task role that another stack makes', () => {
    const app = new App({ context: recommendedFlags });
    const access = new Stack(app, 'Access', { env: ENV });
    const storage = new Stack(app, 'Storage', { env: ENV });
    const taskRole = new Role(access, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    new SessionReplayBucket(storage, 'Recordings', { taskRole });
    const conditions = bucketPolicy(storage).map((statement) => (statement as { Condition?: object }).Condition);
    expect(JSON.stringify(conditions[1])).toMatch(/TaskRole/);
    expect(Template.fromStack(access).findResources('AWS::IAM::Policy')).toEqual({});
  });
});

describe('retention', () => {
  test.each([
    ['1 day', Duration.days(1), 1],
    ['90 days', Duration.days(90), 90],
    ['48 hours', Duration.hours(48), 2],
  ])('may be %s', (_, retention, days) => {
    expect(expirationOf(create(retention).stack)).toBe(days);
  });

  test('may be a number that only the deployment knows', () => {
    const parameter = (stack: Stack) => new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    expect(expirationOf(create((stack) => Duration.days(parameter(stack))).stack)).toEqual({ Ref: 'Days' });
    expect(expirationOf(create(Duration.days(Lazy.number({ produce: () => 14 }))).stack)).toBe(14);
  });

  test.each([
    [0, Duration.days(0)],
    [1.5, Duration.hours(36)],
    [0.5, Duration.hours(12)],
    [0, Duration.seconds(0)],
  ])('fails for %s days', (days, retention) => {
    expect(() => create(retention)).toThrow(
      new StorageError(
        `\`retention\` must be whole days, 1 or more, got: ${days} days. S3 expires objects by the day.`,
      ),
    );
  });

  test('fails with an error that is told from others by its name', () => {
    expect(() => create(Duration.days(0))).toThrow(expect.objectContaining({ name: 'StorageError' }));
  });
});

function expirationOf(stack: Stack): unknown {
  return only(stack, 'AWS::S3::Bucket').properties.LifecycleConfiguration.Rules[0].ExpirationInDays;
}
