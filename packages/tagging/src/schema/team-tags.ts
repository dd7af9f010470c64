import { type Environment, environmentOf } from './environment';
import type { RequiredTags, TagValues } from './tag-schema';
import type { StandardVocabulary } from './vocabulary';

/** The tag values of a team: what does not depend on the resource. */
export interface TeamTags {
  /** Value of `Project`: what the budget watches. */
  readonly project: string;
  /** Value of `CostCenter`. */
  readonly costCenter: string;
  /** Value of `Owner`: a team or a mailbox. */
  readonly owner: string;
  /**
   * Environments of stages whose names do not tell them.
   *
   * @default - see {@link environmentOf}
   */
  readonly environments?: { readonly [stage: string]: Environment };
  /**
   * Further tags that everything gets.
   *
   * @default - none
   */
  readonly further?: TagValues;
}

/**
 * The tags of a stage's resources.
 *
 * @param team values of the team
 * @param stage stage that the resources belong to
 * @param managedBy tool that deploys the resources
 */
export function stageTags(
  team: TeamTags,
  stage: string,
  managedBy: StandardVocabulary['ManagedBy'][number],
): RequiredTags & TagValues {
  return {
    ...team.further,
    Project: team.project,
    Environment: environmentOf(stage, team.environments),
    ManagedBy: managedBy,
    CostCenter: team.costCenter,
    Owner: team.owner,
  };
}
