import type { Account } from '../../../lib/src/account/account';
import type { CheckId } from '../../../lib/src/report/check';

/** Something that is broken in the deployed account, so that a check fails. */
export interface Case {
  readonly id: CheckId;
  readonly what: string;
  /** Breaks it, and gives what restores it. */
  readonly broken: (account: Account) => Promise<Restore>;
  /** What the check says then. */
  readonly says: RegExp;
  /** Further checks that look at the very same thing. @default - none */
  readonly touches?: readonly CheckId[];
}

export type Restore = () => Promise<unknown>;
