import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FirstCapture } from '@user-metrics/umami-db/verification';
import { fileTime, writeWhole } from './files';

/** A capture, and where it is. */
export interface FirstCaptureFile {
  readonly file: string;
  readonly capture: FirstCapture;
}

/** Writes what the database had before the first DDL, unless it is there already; gives the file. */
export function keepFirstCapture(folder: string, capture: FirstCapture): string {
  const file = join(folder, `before-first-ddl-${fileTime(capture.capturedAt)}.json`);
  writeWhole(file, `${JSON.stringify(capture, null, 2)}\n`);
  return file;
}

/** What the database had before the first DDL; of a stage that was destroyed and deployed again, the last time. */
export function firstCaptureFile(folder: string): FirstCaptureFile | undefined {
  try {
    const names = readdirSync(folder).filter((name) => /^before-first-ddl-.*\.json$/.test(name));
    const [last] = names.sort().reverse();
    if (last === undefined) return undefined;
    const file = join(folder, last);
    return { file, capture: JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    return undefined;
  }
}
