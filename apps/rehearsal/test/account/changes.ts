import { nameInArn, published } from '@user-metrics/foundation/account';
import type { Account } from '../../lib/src/account/account';

/** Changes the account back. */
export type Undo = () => Promise<unknown>;

type Statement = Record<string, unknown>;

/** Name of an IAM role of the contract. */
export async function roleOf(account: Account, role: 'umami-task' | 'openreplay-task' | 'grafana'): Promise<string> {
  return nameInArn(await published(account, `access/${role}-role-arn`));
}

/** Gives an IAM role the right to do something with everything. */
export async function withRight({ aws }: Account, RoleName: string, Action: string): Promise<Undo> {
  const policy = { RoleName, PolicyName: 'too-much' };
  const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
  await aws.iam.putRolePolicy({ ...policy, PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) });
  return () => aws.iam.deleteRolePolicy(policy);
}

/** Leaves an IAM role without one of its tags. */
export async function withoutRoleTag({ aws }: Account, RoleName: string, Key: string): Promise<Undo> {
  const { Tags } = await aws.iam.listRoleTags({ RoleName });
  await aws.iam.untagRole({ RoleName, TagKeys: [Key] });
  return () => aws.iam.tagRole({ RoleName, Tags: Tags?.filter((tag) => tag.Key === Key) });
}

/** Changes the policy of a bucket. */
export async function withBucketPolicy(
  { aws: { s3 } }: Account,
  Bucket: string,
  change: (statements: Statement[]) => Statement[],
): Promise<Undo> {
  const { Policy = '' } = await s3.getBucketPolicy({ Bucket });
  const { Statement, ...rest } = JSON.parse(Policy);
  await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ ...rest, Statement: change(Statement) }) });
  return () => s3.putBucketPolicy({ Bucket, Policy });
}

/** Name of the bucket for recordings. */
export function recordings(account: Account): Promise<string> {
  return published(account, 'storage/replay-bucket-name');
}
