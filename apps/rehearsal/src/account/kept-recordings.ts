import { nameInArn, published } from '@user-metrics/foundation/account';
import type { Account } from './account';
import { applicationRole, removeApplicationRole } from './rights/application-role';
import { clientsAs } from './rights/assume-role';

/** The recording that is in the bucket when the stage is destroyed. */
export const RECORDING = { Key: 'sessions/kept/dom.mobs', Body: 'recording' };

const ROLE = 'shop-recovery';

/** IAM role of the rehearsal for the way back, which the kept bucket does not know. */
export function recoveryRoleArn({ id }: Pick<Account, 'id'>): string {
  return `arn:aws:iam::${id}:role/${ROLE}`;
}

/** What came of copying a recording from the kept bucket. */
export interface Copied {
  readonly from: string;
  readonly to: string;
  /** Why the copy failed before the policy of the kept bucket was changed; undefined: it did not fail. */
  readonly refusedBefore: string | undefined;
  /** Why it failed afterwards. */
  readonly refusedAfter: string | undefined;
  /** What OpenReplay's new task role reads in the new bucket. */
  readonly read: string | undefined;
  /** Days after which recordings of the kept bucket expire. */
  readonly expiryDays: number | undefined;
}

/** What is wrong with it. */
export function notCopied({ refusedBefore, refusedAfter, read, expiryDays }: Copied): string[] {
  return [
    ...(refusedBefore === 'AccessDenied' ? [] : [`before the change of the policy: ${refusedBefore ?? 'allowed'}`]),
    ...(refusedAfter === undefined ? [] : [`after the change of the policy: ${refusedAfter}`]),
    ...(read === RECORDING.Body ? [] : ["OpenReplay's task role does not read the copy"]),
    ...(expiryDays === undefined ? ['the recordings in the kept bucket do not expire'] : []),
  ];
}

/** Copies the recording into the bucket of the new deployment, by the steps of the README of `@user-metrics/storage`. */
export async function copyKeptRecording(account: Account): Promise<Copied> {
  const to = await published(account, 'storage/replay-bucket-name');
  const from = await keptBucket(account, to);
  const { s3 } = await clientsAs(account, await withCopyRights(account, from, to));
  const { Key } = RECORDING;
  const copy = () =>
    s3.copyObject({ Bucket: to, Key, CopySource: `${from}/${Key}` }).then(
      () => undefined,
      ({ name }: Error) => name,
    );
  const refusedBefore = await copy();
  await letIn(account, from);
  const refusedAfter = await copy();
  await removeApplicationRole(account, ROLE);
  const taskRole = nameInArn(await published(account, 'access/openreplay-task-role-arn'));
  const read = await (await clientsAs(account, taskRole)).s3.getObject({ Bucket: to, Key }).then(
    ({ Body }) => Body?.transformToString(),
    () => undefined,
  );
  return { from, to, refusedBefore, refusedAfter, read, expiryDays: await expiryDaysOf(account, from) };
}

async function keptBucket({ aws }: Account, current: string): Promise<string> {
  const { Buckets = [] } = await aws.s3.listBuckets({});
  const names = Buckets.map(({ Name = '' }) => Name);
  return names.find((name) => name.includes('sessionreplaybucket') && name !== current) ?? '';
}

async function withCopyRights(account: Account, from: string, to: string): Promise<string> {
  const RoleName = await applicationRole(account, ROLE, { AWS: `arn:aws:iam::${account.id}:root` });
  const [source, target] = [`arn:aws:s3:::${from}`, `arn:aws:s3:::${to}`];
  const Statement = [
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: [source, target] },
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging'], Resource: `${source}/*` },
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:PutObjectTagging'], Resource: `${target}/*` },
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await account.aws.iam.putRolePolicy({ RoleName, PolicyName: 'copy', PolicyDocument });
  return RoleName;
}

/** Puts the role in the place of the task role that is gone. */
async function letIn(account: Account, Bucket: string): Promise<void> {
  const { s3 } = account.aws;
  const { Policy = '' } = await s3.getBucketPolicy({ Bucket });
  const changed = Policy.replace(/arn:[^:]*:iam::\d*:role\/[^"]*/, recoveryRoleArn(account));
  await s3.putBucketPolicy({ Bucket, Policy: changed });
}

async function expiryDaysOf({ aws }: Account, Bucket: string): Promise<number | undefined> {
  const { Rules = [] } = await aws.s3.getBucketLifecycleConfiguration({ Bucket });
  const days = Rules.map(({ Expiration }) => Expiration?.Days).filter((one) => one !== undefined);
  return days.length === 0 ? undefined : Math.max(...days);
}
