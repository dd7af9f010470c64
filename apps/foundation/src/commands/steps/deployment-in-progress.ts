import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSnapshot, writeWhole } from '../../snapshot/files';
import type { Snapshot } from '../../snapshot/schema';

/** A deployment that was interrupted longer ago is not continued, in milliseconds: others have changed the account since. */
const CONTINUED_WITHIN = 24 * 60 * 60 * 1000;

/** The snapshot before a deployment, and its file. */
export interface Before {
  readonly file: string;
  readonly snapshot: Snapshot;
}

const fileIn = (folder: string) => join(folder, 'deployment.json');

/** Notes that a deployment has begun, and with which snapshot it is compared. */
export function begin(folder: string, { file }: Before): void {
  writeWhole(fileIn(folder), `${JSON.stringify({ before: file }, null, 2)}\n`);
}

/** Notes that it is compared. */
export function end(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/** The snapshot before a deployment that did not come to its end; nothing when there is none, or it is too old. */
export function interrupted(folder: string, now: Date): Before | undefined {
  try {
    const { before: file } = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as { readonly before: string };
    const snapshot = readSnapshot(file);
    return now.getTime() - Date.parse(snapshot.takenAt) < CONTINUED_WITHIN ? { file, snapshot } : undefined;
  } catch {
    return undefined;
  }
}
