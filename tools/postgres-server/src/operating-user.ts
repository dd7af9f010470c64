import { statSync } from 'node:fs';
import { chown, cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root; then it runs as this user. */
export interface OperatingUser {
  readonly uid: number;
  readonly gid: number;
}

/** The user that PostgreSQL runs as, or nothing when it may run as ourselves. */
export async function operatingUser(): Promise<OperatingUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const found = ['postgres', 'nobody']
    .map((name) => users.match(new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm')))
    .find(Boolean);
  return { uid: Number(found?.[1] ?? 65534), gid: Number(found?.[2] ?? 65534) };
}

/** Gives a file or folder to the user, when there is one. */
export async function giveTo(user: OperatingUser | undefined, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}

/** The first folder that another user can get to. */
export function reachable(folders: string[]): string | undefined {
  return folders.find(isReachable);
}

/** The binaries where the user can read them: as they are, or as a copy when the checkout lies in a private folder. */
export async function readableBinaries(
  user: OperatingUser | undefined,
  binaries: string,
  folder: string,
): Promise<string> {
  if (!user || isReachable(binaries)) return binaries;
  const copy = join(folder, 'binaries');
  await cp(binaries, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function isReachable(path: string): boolean {
  const OTHERS_MAY_ENTER = 0o001;
  for (let folder = path; ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (!stat || (stat.mode & OTHERS_MAY_ENTER) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
