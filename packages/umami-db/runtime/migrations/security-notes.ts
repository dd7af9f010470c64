import { migrations } from './index';
import { releaseWith } from './releases';

/** What is known of the images whose schema has so many migrations: release notes and CVE records of Umami. */
interface SecurityNote {
  readonly fault: string;
  /** Fewest and most migrations of the releases that have it. */
  readonly from: number;
  readonly to: number;
  /** First release without it. */
  readonly fixedIn: string;
}

/** The day on which {@link NOTES} was compared last; nothing is asked over the network. */
const NOTES_CHECKED = '2026-11-26';

const NOTES: readonly SecurityNote[] = [
  {
    fault: 'remote code execution in next/og (CVE-2026-44573 and others of Next.js)',
    from: 1,
    to: 26,
    fixedIn: '3.4.1',
  },
  { fault: 'a fault of the MCP server (GHSA-6qxp-vccf-f47h)', from: 26, to: 26, fixedIn: '3.4.1' },
  {
    fault: 'more attempts at the second factor than its limit allows (CVE-2026-134829)',
    from: 23,
    to: 26,
    fixedIn: '3.5.0',
  },
];

/** The image to start for the schema of a release, where a later one with the same schema corrects faults. */
export function imageOf(release: string): string {
  return release === '3.4' ? '3.4.1' : release;
}

/**
 * What the schema tells of the images that fit it. A schema does not tell which image runs, so a note names the first
 * release without the fault.
 *
 * @param applied names of the migrations that the schema has
 * @returns a sentence for each fault; none for a schema with migrations that are not known
 */
export function updateNotes(applied: readonly string[]): string[] {
  const known = applied.every((name) => migrations.some((migration) => migration.name === name));
  if (!known || applied.length === 0) return [];
  const release = releaseWith(applied.length);
  return NOTES.filter(({ from, to }) => from <= applied.length && applied.length <= to).map(
    ({ fault, fixedIn }) =>
      `Update recommended: images of Umami ${release}, to which the schema belongs, may have ${fault}. Use the image of ${fixedIn} or later (known on ${NOTES_CHECKED}).`,
  );
}
