import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, listOf, objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { CustomResourceProviderBase, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { OBJECT_ACCESS, OBJECT_ERASURE } from './object-actions';
import { denyAllBut } from './replay-access';
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
 * new SessionReplayBucket(stack, 'Recordings', { taskRole });
 */
export class SessionReplayBucket extends Bucket implements BucketWithStorageTypes {
  /** S3 Standard, and what `intelligentTiering` leads to. */
  readonly storageTypes: StorageTypes;

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
    this.addToResourcePolicy(denyAllBut([...roleArns, ...(autoDelete ? [this.emptyingRoleArn()] : [])], this));
    if (!autoDelete) this.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    applyComponentTags(this, 'openReplay', { Function: 'SessionReplay' });
  }

  /** The statements that let the task role use the recordings, for a policy in the stack that attaches it. */
  taskStatements(): PolicyStatement[] {
    return this.statements(['s3:ListBucket', 's3:GetBucketLocation'], OBJECT_ACCESS);
  }

  /** The statements that let an operator find and delete single recordings, for a policy that the owner of that IAM role attaches. */
  operatorStatements(): PolicyStatement[] {
    return this.statements(['s3:ListBucket', 's3:GetBucketLocation'], OBJECT_ERASURE);
  }

  private statements(ofBucket: readonly string[], ofObjects: readonly string[]): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: [...ofBucket], resources: [this.bucketArn] }),
      new PolicyStatement({ actions: [...ofObjects], resources: [this.arnForObjects('*')] }),
    ];
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
