import type { ExpectedStage } from '../account/deployed-stage';
import type { CriterionId } from './criteria';
import type { VerifiedStage } from './verified-stage';

/** One criterion: what is read from the account, and what is wrong with it. */
export interface Criterion<Observed = unknown> {
  readonly id: CriterionId | 'work.inactive-budget-tags';
  /** Reads facts from the account. */
  observe(deployed: VerifiedStage): Promise<Observed>;
  /** Compares the facts with the configuration; calls nothing. */
  evaluate(observed: Observed, expected: ExpectedStage): Finding;
}

/** What was seen. */
export interface Finding {
  /** `false` when the configuration does not ask for what the criterion checks. @default true */
  readonly applies?: boolean;
  /** What is right and not complete yet, such as the activation of a tag. @default - all of it is complete */
  readonly waitsFor?: string;
  /** Why nothing can be said, when it could not be read. @default - all of it was read */
  readonly unknown?: string;
  /** IAM action that the caller lacks, such as `ec2:DescribeVpcs`. @default - none */
  readonly missingRight?: string;
  /** What the emulator lacks, so that nothing can be said. @default - it lacks nothing, or AWS is asked */
  readonly lacking?: string;
  /** What is wrong, one text each; nothing when all is well. */
  readonly wrong: readonly string[];
  readonly evidence: string;
}

/** Compares two lists of texts as sets. */
export function differencesOf(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const missing = expected.filter((item) => !found.includes(item)).map((item) => `${what} lacks ${item}`);
  const extra = found.filter((item) => !expected.includes(item)).map((item) => `${what} has ${item} too`);
  return [...missing, ...extra];
}
