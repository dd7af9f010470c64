import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import { SessionReplayBucket } from '../../src';
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
        // What each of them decides: policies/session-replay-bucket.test.ts.
        Action: expect.arrayContaining(['s3:GetObject*']),
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

describe('a customer key', () => {
  test('fails, with the reason', () => {
    const key = { encryptionKey: {} } as object;
    expect(() => create(key)).toThrow(/^`encryptionKey` must be left out, got: an object\. OpenReplay presigns URLs/);
  });

  test('that is not there does not', () => {
    expect(() => create({ encryptionKey: undefined } as object)).not.toThrow();
  });
});

describe('metrics of requests', () => {
  test('cost money, and are off', () => {
    expect(only(create().stack, 'AWS::S3::Bucket').properties).not.toHaveProperty('MetricsConfigurations');
  });

  test('are there on request, for the whole bucket', () => {
    const { properties } = only(create({ requestMetrics: true }).stack, 'AWS::S3::Bucket');
    expect(properties.MetricsConfigurations).toEqual([{ Id: 'EntireBucket' }]);
  });
});

describe('origins', () => {
  const corsOf = (...origins: string[]) =>
    only(create({ origins }).stack, 'AWS::S3::Bucket').properties.CorsConfiguration;

  test('are none by default: no browser reads recordings', () => {
    expect(only(create().stack, 'AWS::S3::Bucket').properties).not.toHaveProperty('CorsConfiguration');
  });

  test('read, and upload, by presigned URL', () => {
    expect(corsOf('https://openreplay.example.com', 'https://replay.example.com:8443')).toEqual({
      CorsRules: [
        {
          Id: 'OpenReplayInTheBrowser',
          AllowedOrigins: ['https://openreplay.example.com', 'https://replay.example.com:8443'],
          AllowedMethods: ['GET', 'HEAD', 'PUT'],
          AllowedHeaders: ['*'],
          ExposedHeaders: ['ETag'],
          MaxAge: 3600,
        },
      ],
    });
  });

  test.each([
    '*',
    'https://*.example.com',
    'http://openreplay.example.com',
    'https://openreplay.example.com/',
    'openreplay',
  ])('fails for %s', (origin) => {
    expect(() => corsOf(origin)).toThrow(
      `\`origins\` must be https origins without a path, got: ${origin}. Give for example https://openreplay.example.com.`,
    );
  });
});

test('fails for an IAM role with a wildcard, which would let in more than one', () => {
  const roles = (stack: Stack) => ({
    operatorRoles: [Role.fromRoleArn(stack, 'All', 'arn:aws:iam::111111111111:role/Operator*')],
  });
  expect(() => create(roles)).toThrow(/must be single IAM roles, got: arn:aws:iam::111111111111:role\/Operator\*/);
});
