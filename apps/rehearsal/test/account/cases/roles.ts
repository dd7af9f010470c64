import type { Account } from '../../../lib/src/account/account';
import { published } from '../../../lib/src/account/published';
import { ourResources } from '../../../lib/src/account/stack-resources';
import type { Restore } from './case';

/** A statement that allows something on everything. */
export function allow(...Action: string[]): object {
  return { Effect: 'Allow', Action, Resource: '*' };
}

/** Name of an IAM role of the contract. */
export async function roleOf(
  account: Account,
  role: 'task-execution' | 'umami-task' | 'openreplay-task' | 'grafana',
): Promise<string> {
  return (await published(account, `access/${role}-role-arn`)).split('/').at(-1) ?? '';
}

/** Name of the database function's IAM role. */
export async function functionRole(account: Account): Promise<string> {
  const roles = (await ourResources(account)).filter(({ type }) => type === 'AWS::IAM::Role');
  return roles.find(({ logicalId }) => logicalId.startsWith('UmamiDatabaseFunction'))?.physicalId ?? '';
}

/** Gives a role one more policy. */
export async function withMore({ aws }: Account, RoleName: string, ...Statement: object[]): Promise<Restore> {
  const policy = { RoleName, PolicyName: 'too-much' };
  await aws.iam.putRolePolicy({ ...policy, PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) });
  return () => aws.iam.deleteRolePolicy(policy);
}

/** Takes the role its inline policies. */
export async function withNothing({ aws }: Account, RoleName: string): Promise<Restore> {
  const { PolicyNames = [] } = await aws.iam.listRolePolicies({ RoleName });
  const policies: { RoleName: string; PolicyName: string; PolicyDocument: string }[] = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument = '' } = await aws.iam.getRolePolicy({ RoleName, PolicyName });
    policies.push({ RoleName, PolicyName, PolicyDocument: decodeURIComponent(PolicyDocument) });
    await aws.iam.deleteRolePolicy({ RoleName, PolicyName });
  }
  return async () => {
    for (const policy of policies) await aws.iam.putRolePolicy(policy);
  };
}

/** Changes whom a role trusts. */
export async function withTrust(
  { aws }: Account,
  RoleName: string,
  change: (statement: Record<string, unknown>) => object,
): Promise<Restore> {
  const { Role } = await aws.iam.getRole({ RoleName });
  const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  const { Statement, ...rest } = JSON.parse(trust);
  const PolicyDocument = JSON.stringify({ ...rest, Statement: Statement.map(change) });
  await aws.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument });
  return () => aws.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust });
}
