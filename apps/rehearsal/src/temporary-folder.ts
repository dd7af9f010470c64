import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SupervisedFolder } from '@user-metrics/supervisor';
import type { CleanUp } from './clean-up';

/** A folder that is removed when the rehearsal ends, also when it is killed. */
export function temporaryFolder(prefix: string, cleanUp: CleanUp): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const supervised = new SupervisedFolder(folder);
  supervised.unref();
  cleanUp.add(() => supervised.remove());
  return folder;
}
