import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The configuration of the repository as a file of its own, after a change of its text.
 *
 * @param name its name: in a JavaScript file no types are checked, which takes a second
 */
export function configFile(change: (text: string) => string = (text) => text, name = 'foundation.config.mjs'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'foundation-config-')), name);
  const example = readFileSync(join(__dirname, '..', '..', 'foundation.config.ts'), 'utf8');
  const absolute = example
    .replace("'../../sst/observability/tags'", `'${join(__dirname, '../../../../sst/observability/tags')}'`)
    .replace("'@user-metrics/foundation'", `'${join(__dirname, '../../lib/src/index.js')}'`);
  writeFileSync(file, change(absolute));
  return file;
}
