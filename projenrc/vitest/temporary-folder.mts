import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const GIBIBYTE = 2 ** 30;

/** Each synthesised app leaves a folder behind: all of a run lie in one, which is removed in the end. */
export default function useTemporaryFolder(): () => void {
  const folder = makeFolder(hasRoom() ? MEMORY : tmpdir());
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function makeFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'user-metrics-tests-'));
  // As open as /tmp: PostgreSQL runs as another user when the tests run as root.
  chmodSync(folder, 0o1777);
  if (parent !== MEMORY || canExecute(folder)) return folder;
  rmSync(folder, { recursive: true });
  return makeFolder(tmpdir());
}

/** A database of a test is made six times as fast in memory; what all tests of a run write needs less than this. */
function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return process.platform === 'linux' && bavail * bsize > 3 * GIBIBYTE && freemem() > 6 * GIBIBYTE;
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
