import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The cache folder cannot be written; the message is for a person. */
export class CacheFolderError extends Error {
  override readonly name = 'CacheFolderError';

  constructor(folder: string, { message }: Error) {
    super(`The cache folder ${folder} cannot be written: ${message}. Set XDG_CACHE_HOME to a folder that can be.`);
  }
}

/** Something large that is fetched once and kept for all checkouts. */
export interface CachedFolder {
  /** Name of the folder, with the exact version of what it holds. */
  readonly name: string;
  /** Whether the folder can be used; what somebody broke is made anew. */
  isComplete(folder: string): boolean;
  /** Fills an empty folder, which is moved to its place when it is full. Told where that is. */
  make(partial: string, target: string): Promise<void>;
}

/**
 * A folder in `$XDG_CACHE_HOME/user-metrics` (`~/.cache` when unset). It appears there all at once, so that two
 * processes that make it at the same time do not meet, and one that is killed leaves nothing that looks complete.
 *
 * @throws CacheFolderError when it cannot be written
 * @throws whatever `make` throws; nothing is left behind then
 */
export async function cachedFolder({ name, isComplete, make }: CachedFolder): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'user-metrics');
  const target = join(cache, name);
  if (isComplete(target)) return target;
  const partial = await mkdir(cache, { recursive: true })
    .then(() => mkdtemp(`${target}-partial-`))
    .catch((error: Error) => {
      throw new CacheFolderError(cache, error);
    });
  try {
    await make(partial, target);
    if (isComplete(target)) return target; // Another process was faster.
    await rm(target, { recursive: true, force: true });
    await rename(partial, target).catch((error: Error) => {
      if (!isComplete(target)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return target;
}
