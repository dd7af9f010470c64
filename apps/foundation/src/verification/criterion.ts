import type { DeployedStage, ExpectedStage } from '../account/deployed-stage';
import type { CriterionId } from './criteria';

/** One criterion: what is read from the account, and what is wrong with it. */
export interface Criterion<Observed = unknown> {
  readonly id: CriterionId | 'work.inactive-budget-tags';
  /** Reads facts from the account. */
  observe(deployed: DeployedStage): Promise<Observed>;
  /** Compares the facts with the configuration; calls nothing. */
  evaluate(observed: Observed, expected: ExpectedStage): Finding;
}

/** What was seen. */
export interface Finding {
  /** `false` when the configuration does not ask for what the criterion checks. @default true */
  readonly applies?: boolean;
  /** The part of the criterion that an emulator does not have. @default - all of it was checked */
  readonly waitsFor?: string;
  /** What is wrong, one text each; nothing when all is well. */
  readonly wrong: readonly string[];
  readonly evidence: string;
}

/** Reads the facts of a criterion and evaluates them. */
export async function verify(criterion: Criterion, deployed: DeployedStage): Promise<Finding> {
  return criterion.evaluate(await criterion.observe(deployed), deployed);
}

/** Compares two lists of texts as sets. */
export function differencesOf(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const missing = expected.filter((item) => !found.includes(item)).map((item) => `${what} lacks ${item}`);
  const extra = found.filter((item) => !expected.includes(item)).map((item) => `${what} has ${item} too`);
  return [...missing, ...extra];
}
