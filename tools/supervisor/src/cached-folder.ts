import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

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
  /** Interrupts the wait for another process; `make` may be given it too. @default - it cannot be interrupted */
  readonly signal?: AbortSignal | undefined;
  /** Fills an empty folder, which is moved to its place when it is full. Told where that is. */
  make(partial: string, target: string): Promise<void>;
}

/** How long one process waits for another one that makes the same folder, in milliseconds; then it makes its own. */
const LONGEST_WAIT = 600_000;

/** The last one of this process for each folder: they take turns. */
const turns = new Map<string, Promise<unknown>>();

/**
 * A folder in `$XDG_CACHE_HOME/user-metrics` (`~/.cache` when unset). It is made once, however many ask for it at the
 * same time, and appears there all at once: what a killed process leaves never looks complete, and goes with the next one.
 *
 * @throws CacheFolderError when it cannot be written
 * @throws whatever `make` throws; nothing is left behind then
 */
export async function cachedFolder(wanted: CachedFolder): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'user-metrics');
  const target = join(cache, wanted.name);
  const before = turns.get(target) ?? Promise.resolve();
  const turn = before.catch(() => {}).then(() => findOrMake(cache, target, wanted));
  turns.set(target, turn);
  return await turn;
}

async function findOrMake(cache: string, target: string, wanted: CachedFolder): Promise<string> {
  const { isComplete, make, signal } = wanted;
  const partial = `${target}-partial-${process.pid}`;
  const deadline = Date.now() + LONGEST_WAIT;
  while (!isComplete(target) && (await isBeingMade(cache, target)) && Date.now() < deadline) {
    await setTimeout(50, undefined, { signal });
  }
  if (isComplete(target)) return target;
  await mkdir(partial, { recursive: true }).catch((error: Error) => {
    throw new CacheFolderError(cache, error);
  });
  try {
    await make(partial, target);
    await moveInto(target, partial, isComplete);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return target;
}

/** Whether a living process makes it; removes what dead ones have left. */
async function isBeingMade(cache: string, target: string): Promise<boolean> {
  const prefix = `${basename(target)}-partial-`;
  const makers = (await readdir(cache).catch(() => [])).filter((name) => name.startsWith(prefix));
  const dead = makers.filter((name) => !isAlive(Number(name.slice(prefix.length))));
  for (const name of dead) await rm(join(cache, name), { recursive: true, force: true });
  return makers.length > dead.length;
}

/** Two processes that began in the same moment have both made it: the first one's stays, for it may be in use already. */
async function moveInto(target: string, partial: string, isComplete: (folder: string) => boolean): Promise<void> {
  const move = () => rename(partial, target);
  await move().catch(async () => {
    if (isComplete(target)) return;
    await rm(target, { recursive: true, force: true });
    await move();
  });
}

/** Whether a process runs; one of another user does as well. Our own begins anew. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
