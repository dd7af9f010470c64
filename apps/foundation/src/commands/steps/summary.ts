/** Lines that a deployment ends with; the files that it names have everything. */
const MOST = 25;

/** What a deployment found out in the end. */
export interface Found {
  readonly stage: string;
  /** What was changed of others, and what was read of the database: at most 14 lines. */
  readonly changes: readonly string[];
  /** At most 7 lines. */
  readonly criteria: readonly string[];
  /** What there is to say of the budget's tags. */
  readonly tags: readonly string[];
  /** Changes that the configuration does not announce. */
  readonly unannounced: number;
}

/** The summary of a deployment, in at most 25 lines. */
export function summaryOf({ stage, changes, criteria, tags, unannounced }: Found): string[] {
  const others =
    unannounced > 0
      ? [
          `Stage ${stage} is deployed, and others changed the account meanwhile: find out who did, such as with CloudTrail.`,
        ]
      : [];
  const lines = tags.flatMap((line) => line.split('\n'));
  const room = MOST - changes.length - criteria.length - others.length;
  const more = `… ${lines.length - room + 1} lines more: npx projen alert-test --stage ${stage} --dry-run`;
  const shown = lines.length > room ? [...lines.slice(0, room - 1), more] : lines;
  return [...changes, ...criteria, ...shown, ...others];
}
