/** What became of a check. Only `pass` means that it was checked and is right. */
export type CheckStatus =
  | 'pass'
  | 'fail'
  | 'skipped'
  | 'waiting'
  | 'not implemented'
  | 'not applicable'
  | 'recorded only'
  | 'needs a real account';

/** One thing that has to be true. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  /** What was seen: figures, names, or what is wrong. */
  readonly evidence: string;
}

/** What a check gave after the rehearsal had changed something: another configuration than the user's. */
export interface LaterCheck extends Check {
  /** What had been done. */
  readonly when: string;
}

/** Titles of checks by id, by the title of their section, in the order of the report. */
export interface Sections {
  readonly [section: string]: { readonly [id: string]: string };
}
