/** What became of a check, the worst first. Only `pass` means that it was checked and is right. */
export const STATUSES = [
  'fail',
  'unknown',
  'waiting',
  'skipped',
  'cannot be rehearsed',
  'needs a real account',
  'recorded only',
  'not applicable',
  'pass',
] as const;

export type CheckStatus = (typeof STATUSES)[number];

/** One thing that has to be true. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  /** What was seen: figures, names, or what is wrong. */
  readonly evidence: string;
  /** The requirement, word for word. @default - it has none */
  readonly text?: string;
  /** The values that were read, as JSON shows them. @default - they are not kept */
  readonly facts?: unknown;
  /** IAM actions of the calls that were made for it. @default - they were not recorded */
  readonly asked?: readonly string[];
  /** IAM action that the caller lacks. @default - none */
  readonly missingRight?: string;
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

/** The checks with what is not `pass` first, the worst first. */
export function worstFirst<T extends Pick<Check, 'status'>>(checks: readonly T[]): T[] {
  return [...checks].sort((one, other) => STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status));
}

/** Name of a section with the number of its story, such as `1.3 Storage`. */
export function sectionName(title: string, ids: Sections[string]): string {
  const [, story] = /^(\d+\.\d+)\./.exec(Object.keys(ids)[0] ?? '') ?? [];
  return story === undefined ? title : `${story} ${title}`;
}
