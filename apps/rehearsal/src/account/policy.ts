import type { Account } from './account';
import { published } from './published';

/** A statement of a policy, as far as the checks read it. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Principal: string | { readonly [kind: string]: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** The statements of a policy; none when there is no policy. */
export function statementsOf(policy: string | undefined): readonly PolicyStatement[] {
  return JSON.parse(policy ?? '{}').Statement ?? [];
}

/** Whom a statement is about, whatever kind of principal that is. */
export function principalsOf({ Principal }: PolicyStatement): string[] {
  return typeof Principal === 'string' ? [Principal] : Object.values(Principal).flat();
}

/** The statements of the policy of the bucket for recordings; none when it has no policy. */
export async function recordingsPolicy(account: Account): Promise<readonly PolicyStatement[]> {
  const Bucket = await published(account, 'storage/replay-bucket-name');
  const { Policy } = await account.aws.s3.getBucketPolicy({ Bucket }).catch(() => ({}) as { Policy?: string });
  return statementsOf(Policy);
}
