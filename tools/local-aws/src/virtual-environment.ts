import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CacheFolderError, cachedFolder } from '@user-metrics/supervisor';
import { ministackVersion, REQUIREMENTS } from './extension';
import { LocalAwsError } from './local-aws-error';
import { findPython } from './python';

const run = promisify(execFile);

/** Time for pip to fetch and unpack 25 MB, in milliseconds. */
const INSTALL_TIMEOUT = 300_000;
/** Written last. */
const MARKER = 'user-metrics-complete';

/**
 * The Python of a virtual environment that holds the emulator, made on first use.
 *
 * @throws PythonMissing when there is nothing to make it with
 * @throws LocalAwsError when the packages cannot be fetched
 */
export async function emulatorPython(say: (message: string) => void, signal: AbortSignal | undefined): Promise<string> {
  const { command, version } = await findPython();
  const ministack = `MiniStack ${ministackVersion()}`;
  const folder = await cachedFolder({
    // A virtual environment belongs to one Python release: its packages lie in a folder of that name.
    name: `ministack-${ministackVersion()}-python-${version}`,
    isComplete: (target) => existsSync(join(target, MARKER)) && existsSync(join(target, 'bin', 'python')),
    make: async (partial, target) => {
      say(`Installing ${ministack} (92 MB, once, about 10 seconds) into ${target}`);
      await run(command, ['-m', 'venv', partial], { signal });
      const options = ['--disable-pip-version-check', '--no-input', '--quiet', '--retries', '2'];
      await run(join(partial, 'bin', 'python'), ['-m', 'pip', 'install', ...options, '-r', REQUIREMENTS], {
        timeout: INSTALL_TIMEOUT,
        signal,
      });
      await writeFile(join(partial, MARKER), '');
    },
    signal,
  }).catch((error) => {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof CacheFolderError) throw new LocalAwsError(error.message);
    throw new LocalAwsError(`${ministack} could not be installed from PyPI: ${lastLine(error)} Is there a network?`);
  });
  return join(folder, 'bin', 'python');
}

/** pip says what went wrong at the end. */
function lastLine(error: { stderr?: string; message: string }): string {
  const lines = (error.stderr?.trim() || error.message).split('\n').filter((line) => /\S/.test(line));
  return (lines.findLast((line) => line.startsWith('ERROR:')) ?? lines.at(-1) ?? '').replace(/\.?$/, '.');
}
