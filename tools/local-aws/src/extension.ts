import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the Python that adds to the emulator what it lacks; seen from `lib/src`. */
export const EXTENSION = join(__dirname, '..', '..', 'extension');

/** Every package of the virtual environment, with its exact version. */
export const REQUIREMENTS = join(EXTENSION, 'requirements.txt');

/** The emulator's release; the extension wraps private functions of it, and refuses any other. */
export function ministackVersion(): string {
  return /^ministack==(\S+)$/m.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1] ?? '';
}
