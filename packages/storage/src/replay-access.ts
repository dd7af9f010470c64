import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { MANAGE_OBJECTS } from './object-actions';

/**
 * Forbids everybody but these IAM roles what has to do with objects: an allow of somebody else's identity policy must
 * not open recordings of people's sessions. The bucket itself stays open to administrators and CloudFormation.
 *
 * `aws:PrincipalArn` holds the ARN of the IAM role for each of its sessions, presigned URLs included (AWS Security Blog,
 * "How to restrict Amazon S3 bucket access to a specific IAM role").
 */
export function denyAllBut(roleArns: readonly string[], bucket: IBucket): PolicyStatement {
  return new PolicyStatement({
    sid: 'RecordingsForTheTaskRoleOnly',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    // Not ListBucket: CloudFormation needs it to read the bucket's state, and a name tells no more than a session's id.
    actions: [...MANAGE_OBJECTS, 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': roleArns.length === 1 ? roleArns[0] : roleArns } },
  });
}
