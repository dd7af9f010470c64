import type { ContractName } from '@user-metrics/sst/contract';
import type { DeployedStage } from '../../account/deployed-stage';
import { type PolicyStatement, principalsOf, statementsOf } from '../../account/policy';
import { nameInArn, published } from '../../account/published';
import type { Criterion } from '../criterion';
import { wantedRights } from './rights';
import { type SimulatedRight, simulate, wrongRights } from './simulate';

/** The service that may assume each IAM role. */
const TRUSTED: Partial<Record<ContractName, string>> = {
  'access/task-execution-role-arn': 'ecs-tasks.amazonaws.com',
  'access/umami-task-role-arn': 'ecs-tasks.amazonaws.com',
  'access/openreplay-task-role-arn': 'ecs-tasks.amazonaws.com',
  'access/grafana-role-arn': 'grafana.amazonaws.com',
};

export interface ObservedRoles {
  readonly roles: readonly ObservedRole[];
  /** Decisions of IAM's policy simulator. */
  readonly rights: readonly SimulatedRight[];
  /** Policy of Umami's secret, which the simulator does not see; that of the bucket is `1.3.AC4`. */
  readonly secretPolicy: readonly PolicyStatement[];
  readonly telemetryPolicy: { readonly name?: string | undefined; readonly attachments: number };
}

interface ObservedRole {
  readonly name: string;
  /** Service that the criterion expects. */
  readonly service: string;
  readonly trust: readonly PolicyStatement[];
}

/** `1.1.AC4`: the IAM roles exist, each trusted by its service only and for this account, with the rights that it is for. */
export const iamRoles: Criterion<ObservedRoles> = {
  id: '1.1.AC4',
  async observe(deployed) {
    const roles: ObservedRole[] = [];
    for (const [parameter, service] of Object.entries(TRUSTED) as [ContractName, string][]) {
      const name = nameInArn(await published(deployed, parameter));
      roles.push({ name, service, trust: await trustOf(deployed, name) });
    }
    const PolicyArn = await published(deployed, 'access/lambda-telemetry-policy-arn');
    const { Policy } = await deployed.aws.iam.getPolicy({ PolicyArn });
    const { ResourcePolicy } = await deployed.aws.secretsManager.getResourcePolicy({
      SecretId: await published(deployed, 'database/secret-arn'),
    });
    return {
      roles,
      rights: await simulate(deployed, await wantedRights(deployed)),
      secretPolicy: statementsOf(ResourcePolicy),
      telemetryPolicy: { name: Policy?.PolicyName, attachments: Policy?.AttachmentCount ?? 0 },
    };
  },
  evaluate({ roles, rights, secretPolicy, telemetryPolicy: { name, attachments } }, { id }) {
    const allowed = rights.filter(({ isWanted }) => isWanted);
    const grants = secretPolicy.filter(({ Effect }) => Effect === 'Allow');
    return {
      wrong: [
        ...roles.flatMap((role) => trustProblems(role, id)),
        ...wrongRights(rights),
        ...grants.map((grant) => `the policy of Umami's secret lets ${principalsOf(grant).join(', ')} in`),
        ...(attachments === 0 ? [] : [`the telemetry policy is attached ${attachments} times, and not by its user`]),
      ],
      evidence: `${roles.length} roles, each for one service and this account; the policy simulator allows ${allowed.length} actions and denies ${rights.length - allowed.length} (it sees no policies of resources: that of the bucket is 1.3.AC4, the secret's has ${grants.length} grants); the telemetry policy ${name}`,
    };
  },
};

async function trustOf({ aws }: DeployedStage, RoleName: string): Promise<readonly PolicyStatement[]> {
  const { Role } = await aws.iam.getRole({ RoleName });
  return statementsOf(Role?.AssumeRolePolicyDocument);
}

function trustProblems({ name, service, trust }: ObservedRole, account: string): string[] {
  const allowed = trust.filter(({ Effect }) => Effect === 'Allow');
  if (allowed.length === 0) return [`${name} is trusted by nobody instead of ${service}`];
  return allowed.flatMap((statement) => {
    const { Condition } = statement;
    const principals = principalsOf(statement).join(', ');
    const sourceAccount = Condition?.['StringEquals']?.['aws:SourceAccount'];
    const sourceArn = Condition?.['ArnLike']?.['aws:SourceArn'] ?? '';
    return [
      ...(principals === service ? [] : [`${name} is trusted by ${principals} instead of ${service}`]),
      ...(sourceAccount === account ? [] : [`${name} may be assumed for account ${sourceAccount ?? 'of anybody'}`]),
      ...(sourceArn.includes(`:${account}:`) ? [] : [`${name} may be assumed for ${sourceArn || 'any resource'}`]),
    ];
  });
}
