import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PythonMissing } from './local-aws-error';

const run = promisify(execFile);

/** A Python that can make virtual environments. */
export interface Python {
  readonly command: string;
  /** Such as `3.11`. */
  readonly version: string;
}

const OLDEST_MINOR = 10;
const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/** Debian ships Python without what `venv` needs. */
const PROBE = `import sys
try:
    import ensurepip, venv
    print("venv", *sys.version_info[:2])
except ImportError:
    print("no-venv", *sys.version_info[:2])`;

/**
 * The first Python on the path that is new enough.
 *
 * @throws PythonMissing when there is none, with the command that would bring it
 */
export async function findPython(): Promise<Python> {
  let found = 'there is none';
  for (const command of CANDIDATES) {
    const answer = await run(command, ['-c', PROBE], { timeout: 60_000 }).catch(() => ({ stdout: '' }));
    const [kind, major, minor] = answer.stdout.trim().split(' ');
    const version = `${major}.${minor}`;
    if (major === '3' && Number(minor) >= OLDEST_MINOR) {
      if (kind === 'venv') return { command, version };
      found = `${command} is ${version} without venv`;
    } else if (major) {
      found = `${command} is ${version}`;
    }
  }
  throw new PythonMissing(`The local AWS needs Python 3.${OLDEST_MINOR} or newer with venv, and ${found}.`, remedy());
}

function remedy(): string {
  return process.platform === 'darwin' ? '`brew install python3`' : '`apt-get install python3 python3-venv`';
}
