import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, objectWith, oneOf, optional, type Rules } from '@user-metrics/tagging/props';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type LogArchivePreset, logArchiveLifecycle } from './log-archive-lifecycle';
import { StorageError } from './storage-error';
import { type BucketWithStorageTypes, type StorageTypes, storageTypesOf } from './storage-types';

/** Props of {@link LogArchiveBucket}. */
export interface LogArchiveBucketProps {
  /**
   * When logs move to Glacier Flexible Retrieval: on day 365, or on day 31 with their end after 366 days.
   *
   * @default 'afterOneYear'
   */
  readonly preset?: LogArchivePreset;
  /**
   * When logs are deleted; whole days, at least 90 after they came to Glacier.
   *
   * @default - never with `afterOneYear`, after 366 days with `untilOneYear`
   */
  readonly expiration?: Duration;
}

const RULES: Rules<LogArchiveBucketProps> = {
  preset: optional(oneOf('afterOneYear', 'untilOneYear')),
  expiration: optional(objectWith('toDays', 'a duration', 'Give for example Duration.days(730).')),
};

/**
 * Bucket that CloudWatch Logs of this account and Region exports to: encrypted, private, reachable over TLS only. A
 * bucket alone exports nothing: see {@link LogExport}. A deleted stack leaves it behind.
 *
 * S3 leaves objects below 128 KB where they are, because Glacier adds 40 KB to each; exports of busy log groups are larger.
 *
 * @example
 * new LogArchiveBucket(stack, 'LogArchive');
 */
export class LogArchiveBucket extends Bucket implements BucketWithStorageTypes {
  /** S3 Standard, and Glacier with what S3 adds to each object there. */
  readonly storageTypes: StorageTypes;

  /** @throws StorageError when logs would be deleted before Glacier's minimum is over */
  constructor(scope: Construct, id: string, props: LogArchiveBucketProps = {}) {
    checkProps(props, RULES, StorageError);
    const lifecycleRules = logArchiveLifecycle(props.preset ?? 'afterOneYear', props.expiration);
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.storageTypes = storageTypesOf(lifecycleRules);
    this.allowExports('LogsReadsAcl', 's3:GetBucketAcl', this.bucketArn);
    this.allowExports('LogsWritesExports', 's3:PutObject', this.arnForObjects('*'));
    applyComponentTags(this, 'logs');
  }

  /** CloudWatch Logs guide, "Export log data to Amazon S3": the service of this Region, for log groups of this account. */
  private allowExports(sid: string, action: string, resource: string): void {
    const { account, partition, region } = Stack.of(this);
    this.addToResourcePolicy(
      new PolicyStatement({
        sid,
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [action],
        resources: [resource],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
        },
      }),
    );
  }
}
