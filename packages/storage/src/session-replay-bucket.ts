import { applyComponentTags } from '@user-metrics/tagging';
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { MANAGE_OBJECTS, OBJECT_ACCESS } from './object-actions';
import { StorageError } from './storage-error';

/** Props of {@link SessionReplayBucket}. */
export interface SessionReplayBucketProps {
  /** IAM role of OpenReplay's tasks: the only one that reads and writes recordings. */
  readonly taskRole: IRole;
  /**
   * How long recordings are kept; whole days, 1 or more.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;
}

/**
 * Bucket for OpenReplay's session recordings: encrypted, private, reachable over TLS only, emptied by itself, and open
 * to the task role alone. Administrators and CloudFormation still manage the bucket; the recordings in it they cannot
 * read. A deleted stack leaves the bucket behind, and its policy with it.
 *
 * @example
 * new SessionReplayBucket(stack, 'Recordings', { taskRole });
 */
export class SessionReplayBucket extends Bucket {
  private readonly taskRoleArn: string;

  /** @throws StorageError when the retention is not a number of whole days */
  constructor(scope: Construct, id: string, props: SessionReplayBucketProps) {
    const retention = props.retention ?? Duration.days(30);
    super(scope, id, {
      // OpenReplay presigns URLs in a way that fails for objects under SSE-KMS (SigV2, boto3's default without a host).
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { id: 'ExpireRecordings', expiration: wholeDays(retention) },
        { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    this.taskRoleArn = props.taskRole.roleArn;
    this.addToResourcePolicy(this.denyAllOthers());
    this.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    applyComponentTags(this, 'openReplay', { Function: 'SessionReplay' });
  }

  /** The statements that let the task role use the recordings, for a policy in the stack of whoever attaches it. */
  taskStatements(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [this.bucketArn] }),
      new PolicyStatement({ actions: [...OBJECT_ACCESS], resources: [this.arnForObjects('*')] }),
    ];
  }

  /** An allow of somebody else's identity policy must not open recordings of people's sessions. */
  private denyAllOthers(): PolicyStatement {
    return new PolicyStatement({
      sid: 'RecordingsForTheTaskRoleOnly',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      // Not ListBucket: CloudFormation needs it to look at the bucket, and a name tells no more than a session's id.
      actions: [...MANAGE_OBJECTS, 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
      resources: [this.bucketArn, this.arnForObjects('*')],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': this.taskRoleArn } },
    });
  }
}

function wholeDays(retention: Duration): Duration {
  if (retention.isUnresolved()) return retention;
  const days = retention.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return retention;
  throw new StorageError(
    `\`retention\` must be whole days, 1 or more, got: ${days} days. S3 expires objects by the day.`,
  );
}
