import type { Account } from '../account';
import { type Aws, type Caller, clientsFor } from '../aws';

/**
 * Signs in as an IAM role of the account. A role that only a service may assume is opened for the administrator for
 * that moment, and its trust put back as it was.
 */
export async function clientsAs(account: Account, RoleName: string): Promise<Aws> {
  const { iam } = account.aws;
  const trust = decodeURIComponent((await iam.getRole({ RoleName })).Role?.AssumeRolePolicyDocument ?? '');
  const administrator = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account.id}:root` },
    Action: 'sts:AssumeRole',
  };
  const { Statement, ...rest } = JSON.parse(trust);
  const opened = JSON.stringify({ ...rest, Statement: [...Statement, administrator] });
  await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: opened });
  try {
    return clientsFor(await signIn(account, RoleName));
  } finally {
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust });
  }
}

async function signIn({ aws, id, caller }: Account, roleName: string): Promise<Caller> {
  const { Credentials } = await aws.sts.assumeRole({
    RoleArn: `arn:aws:iam::${id}:role/${roleName}`,
    RoleSessionName: 'rehearsal',
  });
  return {
    ...caller,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
}
