import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const GIBIBYTE = 2 ** 30;

const PREFIX = 'user-metrics-tests-';

/** Each synthesised app leaves a folder behind: all of a run lie in one, which is removed in the end. */
export default function useTemporaryFolder(): () => void {
  const running = [MEMORY, tmpdir()].flatMap(removeThoseOfDeadRuns);
  const folder = makeFolder(hasRoom(running.length) ? MEMORY : tmpdir());
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function makeFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  // As open as /tmp: PostgreSQL runs as another user when the tests run as root.
  chmodSync(folder, 0o1777);
  if (parent !== MEMORY || canExecute(folder)) return folder;
  rmSync(folder, { recursive: true });
  return makeFolder(tmpdir());
}

/** A run that was killed removes nothing; in memory its files would fill it. Answers with those of runs that go on. */
function removeThoseOfDeadRuns(parent: string): string[] {
  const folders = list(parent).filter((name) => name.startsWith(PREFIX));
  const running = folders.filter((name) => isAlive(Number.parseInt(name.slice(PREFIX.length), 10)));
  for (const name of folders.filter((folder) => !running.includes(folder))) {
    try {
      rmSync(join(parent, name), { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // It is another user's.
    }
  }
  return running;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Without a process id in its name it is not one of ours; a process of another user may not be asked.
    return Number.isNaN(pid) || (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A database of a test is made six times as fast in memory; the largest run writes 2 GiB, most far less. */
function hasRoom(otherRuns: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    const isFree = bavail * bsize > (2 + otherRuns) * GIBIBYTE && freemem() > (4 + otherRuns) * GIBIBYTE;
    return process.platform === 'linux' && isFree;
  } catch {
    return false;
  }
}

/** Containers often mount it without the right to execute; a test may start what it writes. */
function canExecute(folder: string): boolean {
  const script = join(folder, 'probe.sh');
  writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 });
  const { status } = spawnSync(script);
  rmSync(script);
  return status === 0;
}
