import type { ContractName } from '@user-metrics/sst/contract';
import type { Account } from '../account';
import { principalsOf, statementsOf } from '../policy';
import { published } from '../published';
import { nameInArn } from '../rights/attempts';
import type { AccountCheck } from './account-check';

/** Who has to be able to assume which role. */
const TRUSTED: Partial<Record<ContractName, string>> = {
  'access/task-execution-role-arn': 'ecs-tasks.amazonaws.com',
  'access/umami-task-role-arn': 'ecs-tasks.amazonaws.com',
  'access/openreplay-task-role-arn': 'ecs-tasks.amazonaws.com',
  'access/grafana-role-arn': 'grafana.amazonaws.com',
};

/** `1.1.AC4`: the roles exist, each trusted by its service only, and only for this account. */
export const iamRoles: AccountCheck = {
  id: '1.1.AC4',
  async look(account) {
    const wrong: string[] = [];
    for (const [name, service] of Object.entries(TRUSTED) as [ContractName, string][]) {
      const roleName = nameInArn(await published(account, name));
      wrong.push(...(await trustProblems(account, roleName, service)));
    }
    const PolicyArn = await published(account, 'access/lambda-telemetry-policy-arn');
    const { Policy } = await account.aws.iam.getPolicy({ PolicyArn });
    const attached = Policy?.AttachmentCount ?? 0;
    return {
      wrong: [
        ...wrong,
        ...(attached === 0 ? [] : [`the telemetry policy is attached ${attached} times, and not by its user`]),
      ],
      evidence: `${Object.keys(TRUSTED).length} roles, each for one service and this account; the telemetry policy ${Policy?.PolicyName}`,
    };
  },
};

async function trustProblems({ aws, id }: Account, RoleName: string, service: string): Promise<string[]> {
  const { Role } = await aws.iam.getRole({ RoleName });
  const trust = statementsOf(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}'));
  const allowed = trust.filter(({ Effect }) => Effect === 'Allow');
  if (allowed.length === 0) return [`${RoleName} is trusted by nobody instead of ${service}`];
  return allowed.flatMap((statement) => {
    const { Condition } = statement;
    const named = principalsOf(statement).join(', ');
    const sourceAccount = Condition?.['StringEquals']?.['aws:SourceAccount'];
    const sourceArn = Condition?.['ArnLike']?.['aws:SourceArn'] ?? '';
    return [
      ...(named === service ? [] : [`${RoleName} is trusted by ${named} instead of ${service}`]),
      ...(sourceAccount === id ? [] : [`${RoleName} may be assumed for account ${sourceAccount ?? 'of anybody'}`]),
      ...(sourceArn.includes(`:${id}:`) ? [] : [`${RoleName} may be assumed for ${sourceArn || 'any resource'}`]),
    ];
  });
}
