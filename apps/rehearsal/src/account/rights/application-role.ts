import type { Account } from '../account';

/** Makes an IAM role of the application's, if it is not there yet; gives its name. */
export async function applicationRole(
  { aws }: Account,
  RoleName: string,
  Principal: { readonly AWS: string } | { readonly Service: string },
): Promise<string> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  });
  await aws.iam.createRole({ RoleName, AssumeRolePolicyDocument }).catch((error: Error) => {
    if (error.name !== 'EntityAlreadyExistsException') throw error;
  });
  return RoleName;
}

/** Removes it: what exists beside the stacks is compared with what existed before them. */
export async function removeApplicationRole({ aws: { iam } }: Account, RoleName: string): Promise<void> {
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName });
  await iam.deleteRole({ RoleName });
}
