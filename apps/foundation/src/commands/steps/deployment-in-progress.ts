import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSnapshot, type SnapshotFile, writeWhole } from '../../snapshot/files';

/** A deployment that was interrupted longer ago is not continued, in milliseconds: others have changed the account since. */
const CONTINUED_WITHIN = 24 * 60 * 60 * 1000;

const fileIn = (folder: string) => join(folder, 'deployment.json');

/** Notes that a deployment has begun, and with which snapshot it is compared. */
export function begin(folder: string, { file }: SnapshotFile): void {
  writeWhole(fileIn(folder), `${JSON.stringify({ before: file }, null, 2)}\n`);
}

/** Notes that it is compared. */
export function end(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/** The snapshot before a deployment that did not come to its end; nothing when there is none, or it is too old. */
export function interrupted(folder: string, now: Date): SnapshotFile | undefined {
  try {
    const { before: file } = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as { readonly before: string };
    const snapshot = readSnapshot(file);
    return now.getTime() - Date.parse(snapshot.takenAt) < CONTINUED_WITHIN ? { file, snapshot } : undefined;
  } catch {
    return undefined;
  }
}
