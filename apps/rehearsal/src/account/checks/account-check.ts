import type { CheckId } from '../../report/check';
import type { Account } from '../account';

/** One thing that the account is asked for. */
export interface AccountCheck {
  readonly id: CheckId;
  look(account: Account): Promise<Finding>;
}

/** What was seen. */
export interface Finding {
  /** `false` when the configuration does not ask for what is looked at. @default true */
  readonly applies?: boolean;
  /** The part of the criterion that an emulator does not have. @default - all of it was looked at */
  readonly waitsFor?: string;
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
