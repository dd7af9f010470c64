import { AnyPrincipal, Effect, type IGrantable, ManagedPolicy, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BucketGrants, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { MANAGE_OBJECTS } from './object-actions';
import { StorageError } from './storage-error';

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

/**
 * @throws StorageError for a grantee that {@link denyAllBut} forbids everything: the grant would do nothing. Which IAM
 *   roles a policy is attached to, it does not say.
 */
export function requireLetIn(grantee: IGrantable, roleArns: readonly string[]): void {
  if (grantee instanceof Policy || grantee instanceof ManagedPolicy) return;
  const { grantPrincipal: principal } = grantee;
  if ('roleArn' in principal && roleArns.includes(String(principal.roleArn))) return;
  const got = Construct.isConstruct(principal) ? principal.node.path : String(principal);
  throw new StorageError(
    `\`grantee\` must be \`taskRole\` or one of \`operatorRoles\`, got: ${got}. The policy of the bucket forbids its objects to everybody else: name it there.`,
  );
}

/** The grants of a bucket, each of which refuses a grantee that {@link denyAllBut} forbids everything. */
export function guardedGrants(grants: BucketGrants, roleArns: readonly string[]): BucketGrants {
  const guarded =
    (grant: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      const [grantee] = args;
      if (typeof grantee === 'object' && grantee !== null && 'grantPrincipal' in grantee)
        requireLetIn(grantee as IGrantable, roleArns);
      return grant(...args);
    };
  return new Proxy(grants, {
    get(target, name) {
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? guarded(member.bind(target)) : member;
    },
  });
}
