import { basename, dirname, join, relative } from 'node:path';
import { compareSnapshots, isUnannounced } from '../../snapshot/compare';
import { type SnapshotFile, writeWhole } from '../../snapshot/files';
import type { Comparison } from '../../snapshot/schema';
import { comparisonInWords } from '../../snapshot/words';

/** Changes of one sort that the summary shows; the file has all. */
const SHOWN = 3;

/** What a deployment changed of others. */
export interface Compared {
  /** For the summary, at most 12 lines. */
  readonly lines: readonly string[];
  /** Changes that the configuration does not announce; what could not be read is not among them. */
  readonly unannounced: number;
}

/** Compares the snapshots before and after a deployment, and writes the whole comparison beside them. */
export function compared(before: SnapshotFile, after: SnapshotFile): Compared {
  const comparison = compareSnapshots(before.snapshot, after.snapshot);
  const file = (ending: string) =>
    join(dirname(after.file), basename(after.file).replace(/^(.*)\.json$/, `compare-$1.${ending}`));
  writeWhole(file('json'), `${JSON.stringify(comparison, null, 2)}\n`);
  writeWhole(file('txt'), `${comparisonInWords(comparison).join('\n')}\n`);
  const { unannounced, announced, unknown } = sorted(comparison);
  const lines = [
    `Existing resources: ${count(unannounced)} that the configuration does not announce, ${count(announced)} that it does.`,
    ...shown(unannounced.map(({ text }) => text)),
    ...shown(announced.map(({ text }) => text)),
    ...(unknown.length > 0
      ? [
          `Not compared: ${[...new Set(unknown.map(({ text }) => text.replace(/ could not be compared.*/, '')))].slice(0, SHOWN).join(', ')}`,
        ]
      : []),
    `Snapshots: ${relative(process.cwd(), before.file)} and ${relative(process.cwd(), after.file)}`,
    `Comparison: ${relative(process.cwd(), file('txt'))}, and as JSON beside it`,
  ];
  return { lines, unannounced: unannounced.length };
}

function sorted({ differences }: Comparison) {
  return {
    unannounced: differences.filter((one) => isUnannounced(one) && one.change !== 'unknown'),
    announced: differences.filter((one) => !isUnannounced(one)),
    unknown: differences.filter(({ change }) => change === 'unknown'),
  };
}

function count({ length }: readonly unknown[]): string {
  return length === 1 ? '1 change' : `${length} changes`;
}

function shown(texts: readonly string[]): string[] {
  const more = texts.length - SHOWN;
  return [...texts.slice(0, SHOWN).map((text) => `  ${text}`), ...(more > 0 ? [`  and ${more} more`] : [])];
}
