import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, listOf, objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import type { PublishedContractProps } from '@user-metrics/tagging/published';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketGrants, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { CustomResourceProviderBase, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { OBJECT_ACCESS, OBJECT_ERASURE } from './object-actions';
import { type IPublishedReplayBucket, publishedBucket } from './published-bucket';
import { denyAllBut, guardedGrants, requireLetIn } from './replay-access';
import { corsFor } from './replay-cors';
import { replayLifecycle } from './replay-lifecycle';
import type { SessionReplayBucketProps } from './session-replay-bucket-props';
import { StorageError } from './storage-error';
import { type BucketWithStorageTypes, type StorageTypes, storageTypesOf } from './storage-types';

const DURATION = objectWith('toDays', 'a duration', 'Give for example Duration.days(30).');
const IAM_ROLE = objectWith('roleArn', 'an IAM role', 'Give for example OpenReplayTaskRole of @user-metrics/access.');

const RULES: Rules<SessionReplayBucketProps> = {
  taskRole: IAM_ROLE,
  operatorRoles: optional(listOf({ ...IAM_ROLE, must: 'a list of IAM roles' })),
  retention: optional(DURATION),
  deletionDelay: optional(DURATION),
  intelligentTiering: optional(FLAG),
  archiveConfiguration: optional(FLAG),
  origins: optional(listOf(text('https origins without a path', 'Give for example https://openreplay.example.com.'))),
  requestMetrics: optional(FLAG),
  autoDelete: optional(FLAG),
  // The type forbids it already; this is for plain JavaScript.
  encryptionKey: optional({
    must: 'left out',
    fix: 'OpenReplay presigns URLs with Signature Version 2, which S3 refuses for objects under SSE-KMS: recordings could not be played.',
    accepts: () => false,
  }),
};

/**
 * Bucket for OpenReplay's session recordings: encrypted, private, reachable over TLS only, emptied by itself, and open
 * to the task role alone. Administrators and CloudFormation still manage the bucket; the recordings in it they cannot
 * read. A deleted stack leaves the bucket behind, and its policy with it.
 *
 * @example
 * new SessionReplayBucket(stack, 'Recordings', { taskRole }).grantReplayAccess(taskRole);
 */
export class SessionReplayBucket extends Bucket implements BucketWithStorageTypes {
  /** S3 Standard, and what `intelligentTiering` leads to. */
  readonly storageTypes: StorageTypes;

  /** ARNs of the IAM roles to which the bucket policy forbids nothing. */
  private readonly letIn: readonly string[];

  /** @throws StorageError when the props contradict each other or what OpenReplay needs */
  constructor(scope: Construct, id: string, props: SessionReplayBucketProps) {
    checkProps(props, RULES, StorageError);
    const { taskRole, operatorRoles = [], origins = [], autoDelete = false } = props;
    const lifecycle = replayLifecycle(props);
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      ...lifecycle,
      cors: corsFor(origins),
      metrics: props.requestMetrics ? [{ id: 'EntireBucket' }] : [],
      removalPolicy: autoDelete ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      autoDeleteObjects: autoDelete,
    });
    this.storageTypes = storageTypesOf(lifecycle.lifecycleRules);
    const roleArns = [taskRole, ...operatorRoles].map(({ roleArn }) => roleArn);
    for (const roleArn of roleArns) requireOneRole(roleArn);
    this.letIn = roleArns;
    this.addToResourcePolicy(denyAllBut([...roleArns, ...(autoDelete ? [this.emptyingRoleArn()] : [])], this));
    if (!autoDelete) this.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    applyComponentTags(this, 'openReplay', { Function: 'SessionReplay' });
  }

  /**
   * Lets the task role use the recordings as OpenReplay does: it reads, writes and tags objects, and lists them.
   *
   * @param grantee the task role, or in another stack than its own a `Policy` that is attached to it
   * @throws StorageError for a grantee that the bucket policy forbids everything
   */
  grantReplayAccess(grantee: IGrantable): Grant {
    return this.grantObjects(grantee, OBJECT_ACCESS);
  }

  /**
   * Lets an operator find, read and delete single recordings.
   *
   * @param grantee one of `operatorRoles`, or a `Policy` that is attached to it
   * @throws StorageError for a grantee that the bucket policy forbids everything
   */
  grantErasure(grantee: IGrantable): Grant {
    return this.grantObjects(grantee, OBJECT_ERASURE);
  }

  /**
   * The grants of a bucket, for `taskRole` and `operatorRoles` alone; so are `grantRead` and the others.
   *
   * @throws StorageError for a grantee that the bucket policy forbids everything
   */
  override get grants(): BucketGrants {
    return guardedGrants(super.grants, this.letIn);
  }

  /**
   * The bucket of a deployed stage of the foundation. `OpenReplayTaskRole` of the stage may use it already; a grant to
   * anybody but it or a `Policy` is an error, because the bucket policy denies it.
   *
   * @throws StorageError for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IPublishedReplayBucket {
    return publishedBucket(scope, id, props);
  }

  private grantObjects(grantee: IGrantable, ofObjects: readonly string[]): Grant {
    requireLetIn(grantee, this.letIn);
    const grant = (actions: readonly string[], resource: string) =>
      Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [resource] });
    return grant(['s3:ListBucket', 's3:GetBucketLocation'], this.bucketArn).combine(
      grant(ofObjects, this.arnForObjects('*')),
    );
  }

  /** CDK's function that empties the bucket before it is deleted; `autoDeleteObjects` made it. */
  private emptyingRoleArn(): string {
    const provider = Stack.of(this).node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
    if (provider instanceof CustomResourceProviderBase) return provider.roleArn;
    throw new Error('The function of CDK that empties buckets has another id than this release of the package knows.');
  }
}

/** A pattern in the condition would let in every IAM role that fits it. */
function requireOneRole(roleArn: string): void {
  if (Token.isUnresolved(roleArn) || !/[*?]/.test(roleArn)) return;
  throw new StorageError(
    `\`taskRole\` and \`operatorRoles\` must be single IAM roles, got: ${roleArn}. Name each by its full ARN.`,
  );
}
