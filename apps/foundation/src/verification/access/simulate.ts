import { mapBounded } from '../../account/bounded';
import type { DeployedStage } from '../../account/deployed-stage';
import type { Right } from './rights';

/** A right with the decision of IAM. */
export interface SimulatedRight extends Right {
  readonly isAllowed: boolean;
}

/**
 * Asks IAM's policy simulator for each right. It evaluates the policies of the IAM role and its permissions boundary, and no
 * policy of a resource.
 */
export async function simulate({ aws, region }: DeployedStage, rights: readonly Right[]): Promise<SimulatedRight[]> {
  const groups = new Map<string, Right[]>();
  for (const right of rights) {
    const key = `${right.roleArn} ${right.resource}`;
    groups.set(key, [...(groups.get(key) ?? []), right]);
  }
  const simulated = await mapBounded(
    [...groups.values()],
    async (group) => {
      const [{ roleArn, resource }] = group as [Right];
      const { EvaluationResults = [] } = await aws.iam.simulatePrincipalPolicy({
        PolicySourceArn: roleArn,
        ActionNames: group.map(({ action }) => action),
        ResourceArns: [resource],
        ContextEntries: [
          { ContextKeyName: 'aws:RequestedRegion', ContextKeyType: 'string', ContextKeyValues: [region] },
          { ContextKeyName: 'aws:SecureTransport', ContextKeyType: 'boolean', ContextKeyValues: ['true'] },
        ],
      });
      const decisions = new Map(
        EvaluationResults.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]),
      );
      return group.map((right) => ({ ...right, isAllowed: decisions.get(right.action) === 'allowed' }));
    },
    3,
  );
  return simulated.flat();
}

/** Rights that an IAM role has and should not have, or the other way round. */
export function wrongRights(rights: readonly SimulatedRight[]): string[] {
  return rights
    .filter(({ isWanted, isAllowed }) => isWanted !== isAllowed)
    .map(
      ({ role, action, resource, isAllowed }) =>
        `the ${role} role ${isAllowed ? 'may' : 'may not'} ${action} on ${resource}`,
    );
}
