import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CachedFolder, CacheFolderError, cachedFolder } from '../../src/cached-folder';

let cache: string;
beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'cached-folder-'));
  vi.stubEnv('XDG_CACHE_HOME', home);
  cache = join(home, 'user-metrics');
});
afterEach(() => {
  rmSync(join(cache, '..'), { recursive: true });
  vi.unstubAllEnvs();
});

function tool(text: string, wait: Promise<unknown> = Promise.resolve()): CachedFolder {
  return {
    name: 'tool-1.0.0',
    isComplete: (folder) => existsSync(join(folder, 'file')),
    make: async (partial) => {
      await wait;
      writeFileSync(join(partial, 'file'), text);
    },
  };
}

test('it is made once, and found the next time', async () => {
  const folder = await cachedFolder(tool('first'));
  expect(folder).toBe(join(cache, 'tool-1.0.0'));
  expect(await cachedFolder(tool('second'))).toBe(folder);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('first');
});

test('two that make it at once do not meet: both get the folder of the faster one', async () => {
  let release = () => {};
  const slow = cachedFolder(tool('slow', new Promise<void>((resolve) => (release = resolve))));
  const fast = await cachedFolder(tool('fast'));
  release();
  expect(await slow).toBe(fast);
  expect(readFileSync(join(fast, 'file'), 'utf8')).toBe('fast');
  expect(readdirSync(cache)).toEqual(['tool-1.0.0']);
});

test('one that is broken is made anew', async () => {
  mkdirSync(join(cache, 'tool-1.0.0'), { recursive: true });
  writeFileSync(join(cache, 'tool-1.0.0', 'half'), '');
  expect(readdirSync(await cachedFolder(tool('whole')))).toEqual(['file']);
});

test('nothing is left behind when it cannot be made', async () => {
  const broken = { ...tool(''), make: () => Promise.reject(new Error('no network')) };
  await expect(cachedFolder(broken)).rejects.toThrow('no network');
  expect(readdirSync(cache)).toEqual([]);
});

test('a folder that cannot be written is named, with what to set', async () => {
  const file = join(cache, '..', 'file');
  writeFileSync(file, '');
  vi.stubEnv('XDG_CACHE_HOME', join(file, 'read-only'));
  const failure = cachedFolder(tool('unused'));
  await expect(failure).rejects.toThrow(CacheFolderError);
  await expect(failure).rejects.toThrow(
    /^The cache folder .*file\/read-only\/user-metrics cannot be written: ENOTDIR.*Set XDG_CACHE_HOME to a folder that can be\.$/,
  );
});
