import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Duration } from 'aws-cdk-lib/core';

/** Props of {@link SessionReplayBucket}. */
export interface SessionReplayBucketProps {
  /** IAM role of OpenReplay's tasks: the one that reads and writes recordings. */
  readonly taskRole: IRole;
  /**
   * IAM roles of people who may read and delete single recordings, for requests of erasure. The bucket does not
   * forbid them what it forbids everybody else; what they may do is granted
   * by {@link SessionReplayBucket.grantErasure}.
   *
   * @default - none: recordings go by their age alone
   */
  readonly operatorRoles?: readonly IRole[];
  /**
   * How long recordings are kept; whole days, 1 or more.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;
  /**
   * How long a recording stays after somebody deleted its session in OpenReplay: the same number as OpenReplay's
   * `SCH_DELETE_DAYS`. Whole days, 1 or more.
   *
   * @default Duration.days(7)
   */
  readonly deletionDelay?: Duration;
  /**
   * Whether recordings move to S3 Intelligent-Tiering as soon as they are written. With recordings that are kept for 30
   * days it saves nothing, because its cheaper tier starts after 30 days without access, and costs $0.0125 for
   * 1,000 recordings of 128 KB or more: $0.01 for the move, $0.0025 a month for the monitoring. It pays from about 60
   * days on.
   *
   * @default true
   */
  readonly intelligentTiering?: boolean;
  /**
   * Whether the bucket has an Intelligent-Tiering archive configuration, which shows in the console. Its tiers start
   * after 90 days without access; OpenReplay cannot restore what lies in them, so that it exists only where recordings
   * are gone by then.
   *
   * @default - as `intelligentTiering`, with a retention of 90 days or less
   */
  readonly archiveConfiguration?: boolean;
  /**
   * Origins of OpenReplay's dashboard, such as `https://openreplay.example.com`. Browsers there read recordings and
   * upload files by presigned URL, which takes CORS.
   *
   * @default - none: browsers read nothing
   */
  readonly origins?: readonly string[];
  /**
   * Whether S3 publishes metrics of requests every minute: 16 series, up to $4.80 a month. The daily metrics of
   * size and number of objects are free and always there.
   *
   * @default false
   */
  readonly requestMetrics?: boolean;
  /**
   * Whether deleting the stack deletes all recordings and the bucket, for trials.
   *
   * @default false: bucket, policy and recordings outlive the stack
   */
  readonly autoDelete?: boolean;
  /**
   * Not supported. OpenReplay presigns URLs with Signature Version 2, which S3 refuses for objects under SSE-KMS; the
   * bucket is encrypted with the keys of S3 (SSE-S3).
   */
  readonly encryptionKey?: never;
}
