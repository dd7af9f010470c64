import { Template } from 'aws-cdk-lib/assertions';
import { type IRole, Policy, Role } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { create, only } from './bucket';

describe('taskStatements', () => {
  test('let the IAM role that they are attached to use the recordings, in the bucket alone', () => {
    const { stack, bucket } = create();
    const { logicalId } = only(stack, 'AWS::S3::Bucket');
    const bucketArn = { 'Fn::GetAtt': [logicalId, 'Arn'] };
    const statements = stack.resolve(bucket.taskStatements().map((statement) => statement.toStatementJson()));
    expect(statements).toEqual([
      { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetBucketLocation'], Resource: bucketArn },
      {
        Effect: 'Allow',
        Action: [
          's3:GetObject',
          's3:PutObject',
          's3:AbortMultipartUpload',
          's3:ListMultipartUploadParts',
          's3:GetObjectTagging',
          's3:PutObjectTagging',
        ],
        Resource: { 'Fn::Join': ['', [bucketArn, '/*']] },
      },
    ]);
  });

  test('are attached to nobody by the bucket itself', () => {
    const { stack } = create();
    expect(Template.fromStack(stack).findResources('AWS::IAM::Policy')).toEqual({});
  });

  test('can be attached twice, each time as statements of their own', () => {
    const { stack, bucket } = create();
    const role = (id: string): IRole => Role.fromRoleArn(stack, id, `arn:aws:iam::111111111111:role/${id}`);
    for (const id of ['One', 'Other'])
      new Policy(stack, id, { roles: [role(`${id}Role`)], statements: bucket.taskStatements() });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement.length)).toEqual([2, 2]);
  });
});
