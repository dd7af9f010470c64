import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT } from '../command-error';
import { baselineSchema, type SavedBaseline } from './baseline-schema';
import { fileTime, writeWhole } from './files';

/** Writes a baseline into a folder, or into a file that is named; gives the file. */
export function writeBaseline(folder: string, baseline: SavedBaseline, output?: string): string {
  const file = output ?? join(folder, `baseline-${timeOf(baseline)}.json`);
  writeWhole(file, `${JSON.stringify(baseline, null, 2)}\n`);
  return file;
}

/** The time of a baseline, for the name of a file. */
export function timeOf({ identity }: Pick<SavedBaseline, 'identity'>): string {
  return fileTime(identity.capturedAt);
}

/**
 * Reads a baseline: a file of `baseline capture`, of `umami-db baseline capture`, or of before the first DDL.
 *
 * @throws CommandError when the file holds none
 */
export function readBaseline(file: string): SavedBaseline {
  try {
    const json = Object(JSON.parse(readFileSync(file, 'utf8')));
    const isFirstCapture = typeof json.capturedAt === 'string';
    if (isFirstCapture && !json.baseline) throw new Error(`none was measured. ${[json.notRead].flat().join(' ')}`);
    const found = isFirstCapture ? json.baseline : json;
    const parsed = baselineSchema.safeParse(found);
    if (parsed.success) return parsed.data;
    if (found.format !== 1) throw new Error(`\`format\` must be 1, got: ${JSON.stringify(found.format)}.`);
    const [issue] = parsed.error.issues;
    throw new Error(`\`${issue?.path.join('.')}\`: ${issue?.message}.`);
  } catch (error) {
    throw new CommandError(
      `${file} cannot be read as a baseline: ${(error as Error).message} Take one with: npx projen baseline capture --stage <stage>`,
      EXIT.usage,
    );
  }
}

/** @throws CommandError when both are known to be of a stage, and not of the same cluster */
export function requireSameCluster(one: SavedBaseline['cluster'], other: SavedBaseline['cluster']): void {
  if (!one || !other) return;
  for (const name of ['account', 'region', 'identifier'] as const) {
    if (one[name] === other[name]) continue;
    const what = name === 'identifier' ? 'cluster' : name;
    throw new CommandError(
      `The baselines must be of the same ${what}, got: ${one[name]} and ${other[name]}. Choose two files of one folder below snapshots/.`,
      EXIT.usage,
    );
  }
}
