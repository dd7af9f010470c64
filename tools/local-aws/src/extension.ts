import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const MANIFEST = createRequire(__filename).resolve('@user-metrics/local-aws/package.json');

/** Folder of the Python that adds to the emulator what it lacks. */
export const EXTENSION = join(dirname(MANIFEST), 'extension');

/** Every package of the virtual environment, with its exact version. */
export const REQUIREMENTS = join(EXTENSION, 'requirements.txt');

/** The emulator's release; the extension wraps private functions of it, and refuses any other. */
export function ministackVersion(): string {
  return /^ministack==(\S+)$/m.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1] ?? '';
}
