import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CleanUp } from './clean-up';

/** A folder that goes with the rehearsal. */
export function temporaryFolder(prefix: string, cleanUp: CleanUp): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  cleanUp.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
