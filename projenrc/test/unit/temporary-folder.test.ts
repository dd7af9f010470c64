import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import useTemporaryFolder from '../../vitest/temporary-folder.mjs';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'temporary-folder-'));
  vi.stubEnv('TMPDIR', parent);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(parent, { recursive: true });
});

test('a run removes what killed runs have left, and nothing of those that go on', () => {
  const { pid: dead } = spawnSync('true');
  const kept = [`user-metrics-tests-${process.pid}-a`, 'user-metrics-tests-of-another-name', `else-${dead}`];
  for (const name of [...kept, `user-metrics-tests-${dead}-b`]) mkdirSync(join(parent, name));
  writeFileSync(join(parent, `user-metrics-tests-${dead}-b`, 'file'), '');
  const remove = useTemporaryFolder();
  remove();
  expect(readdirSync(parent).sort()).toEqual(kept.sort());
});

test('its own folder says whose it is, and goes at its end', () => {
  const remove = useTemporaryFolder();
  const folder = tmpdir();
  expect(folder).toContain(`/user-metrics-tests-${process.pid}-`);
  expect(existsSync(folder)).toBe(true);
  remove();
  expect(existsSync(folder)).toBe(false);
});
