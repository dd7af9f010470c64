import { z } from 'zod';
import { across, expectation, list, number, object, oneOf, pattern, toggle } from './expectations';

const days = (least: number, fix: string) =>
  number(`must be a whole number of days, ${least} or more`, fix, (value) => Number.isInteger(value) && value >= least);

const logGroupName = pattern(
  'must be the name of a log group',
  'Find it with: aws logs describe-log-groups',
  /^[.\-_/#A-Za-z0-9]{1,512}$/,
);

/** Earliest end of a log: 90 days after it came to Glacier, which bills them anyway. */
const EARLIEST_EXPIRATION = { afterOneYear: 455, untilOneYear: 121 } as const;

const logArchive = across(
  object(
    {
      /** Glacier from day 365 on, or from day 31 with the end after 366 days. @default 'afterOneYear' */
      preset: oneOf(['afterOneYear', 'untilOneYear'], "Leave it out for 'afterOneYear'").default('afterOneYear'),
      /** Days after which a log is deleted. @default - never, or 366 with 'untilOneYear' */
      expirationDays: days(1, 'Leave it out to follow `preset`').optional(),
      /** Log groups that are exported day by day; they are only read. @default - none: the bucket alone */
      exportLogGroups: list(logGroupName, 'must be at least one log group', "Give ['/aws/lambda/checkout']", {
        min: 1,
      }).optional(),
    },
    'must be an archive of logs',
    'Give {} for the defaults, or leave it out: there is no archive then',
  ),
  ({ preset, expirationDays }, report) => {
    const least = EARLIEST_EXPIRATION[preset === 'untilOneYear' ? preset : 'afterOneYear'];
    if (typeof expirationDays !== 'number' || expirationDays >= least) return;
    report(
      ['expirationDays'],
      expirationDays,
      `must be ${least} or more, 90 days after logs come to Glacier, which bills these anyway`,
      'Raise it, or leave it out to follow `preset`',
    );
  },
);

/** The buckets of a stage. */
export const storageSchema = object({
  /** Days after which a recording is deleted. @default 30 */
  retentionDays: days(1, 'Leave it out for 30').default(30),
  /** Days after which the recording of a deleted session is gone: `SCH_DELETE_DAYS` of OpenReplay. @default 7 */
  deletionDelayDays: days(1, 'Leave it out for 7').default(7),
  /** Whether recordings move to S3 Intelligent-Tiering. @default true */
  intelligentTiering: toggle('Leave it out for true').default(true),
  /** Origins of OpenReplay's dashboard, from which browsers read recordings. @default - none */
  openReplayOrigins: list(
    pattern(
      'must be an https origin without a path',
      'Give for example https://openreplay.example.com',
      /^https:\/\/[a-z0-9.-]+(:\d+)?$/,
    ),
    'must be at least one origin',
    "Give ['https://openreplay.example.com']",
    { min: 1 },
  ).optional(),
  /** IAM roles of people who may read and delete single recordings. @default - none */
  operatorRoleArns: list(
    pattern(
      'must be the full ARN of one IAM role',
      'Find it with: aws iam list-roles',
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    ),
    'must be at least one IAM role',
    "Give ['arn:aws:iam::111122223333:role/PrivacyOperator']",
    { min: 1 },
  ).optional(),
  /** Whether S3 publishes metrics of requests, up to $4.80 a month. @default false */
  requestMetrics: toggle('Leave it out for false').default(false),
  /** GiB of recordings above which an alarm goes off. @default 100 */
  alarmGib: number('must be a number of GiB above 0', 'Leave it out for 100', (gib) => gib > 0).default(100),
  /** Whether `destroy` deletes all recordings and the bucket, for trials. @default false */
  autoDelete: toggle('Leave it out for false: recordings outlive the stage').default(false),
  /** Archive for exported logs. @default - none */
  logArchive: logArchive.optional(),
  /** Never: it is here to say why. */
  encryptionKeyArn: z
    .undefined({
      error: expectation(
        'must be left out: OpenReplay presigns URLs in a way that S3 refuses for objects under SSE-KMS',
        'Remove it; the bucket is encrypted with the keys of S3',
      ),
    })
    .optional(),
});
