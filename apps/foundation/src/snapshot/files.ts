import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError, EXIT } from '../command-error';
import { type Snapshot, snapshotSchema } from './schema';

/** A snapshot, and where it is. */
export interface SnapshotFile {
  readonly file: string;
  readonly snapshot: Snapshot;
}

/** Folder of the snapshots of a stage: `snapshots/<account>/<stage>` beside the configuration. */
export function snapshotFolder(
  configFile: string,
  { account, stage }: { readonly account: string; readonly stage: string },
): string {
  return join(dirname(configFile), 'snapshots', account, stage);
}

/** Where a snapshot is written unless another file is named: its time is its name. */
export function defaultFile(configFile: string, snapshot: Snapshot): string {
  return join(snapshotFolder(configFile, snapshot), `${fileTime(snapshot.takenAt)}.json`);
}

/** A time, ISO 8601, as a part of the name of a file. */
export function fileTime(time: string): string {
  return time.replaceAll(':', '-');
}

/** Writes a file that only its owner reads, wholly or not at all. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}

/** @throws CommandError when the file is no snapshot */
export function readSnapshot(file: string): Snapshot {
  try {
    return snapshotSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.message : 'it is not JSON of a snapshot';
    throw new CommandError(
      `${file} cannot be read as a snapshot: ${reason}. Take one with: npx projen snapshot --stage <stage>`,
      EXIT.usage,
    );
  }
}

/** The snapshots in the folder of a stage, oldest first. */
export function snapshotFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d{4}-.*\.json$/.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** The newest snapshot that was taken while no stack of the stage existed; nothing when there is none. */
export function newestBeforeFirstDeployment(folder: string): SnapshotFile | undefined {
  for (const file of snapshotFiles(folder).reverse()) {
    const snapshot = readSnapshot(file);
    if (snapshot.beforeFirstDeployment) return { file, snapshot };
  }
  return undefined;
}

/** The oldest snapshot that holds the database; nothing when there is none. */
export function firstWithDatabase(folder: string): SnapshotFile | undefined {
  for (const file of snapshotFiles(folder)) {
    const snapshot = readSnapshot(file);
    if ('schemas' in snapshot.database) return { file, snapshot };
  }
  return undefined;
}
