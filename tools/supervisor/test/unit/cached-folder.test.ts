import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

function tool(text: string): CachedFolder {
  return {
    name: 'tool-1.0.0',
    isComplete: (folder) => existsSync(join(folder, 'file')),
    make: async (partial) => writeFileSync(join(partial, 'file'), text),
  };
}

test('it is made once, and found the next time', async () => {
  const folder = await cachedFolder(tool('first'));
  expect(folder).toBe(join(cache, 'tool-1.0.0'));
  expect(await cachedFolder(tool('second'))).toBe(folder);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('first');
});

test('many that ask for it at the same time get the folder of the first one, which makes it alone', async () => {
  let made = 0;
  const counted = { ...tool(''), make: (partial: string) => tool(`${++made}`).make(partial, '') };
  const folders = await Promise.all(Array.from({ length: 5 }, () => cachedFolder(counted)));
  expect(new Set(folders)).toEqual(new Set([join(cache, 'tool-1.0.0')]));
  expect([made, readFileSync(join(folders[0] ?? '', 'file'), 'utf8')]).toEqual([1, '1']);
  expect(readdirSync(cache)).toEqual(['tool-1.0.0']);
});

test('when the first one fails, the next one makes it', async () => {
  const broken = { ...tool(''), make: () => Promise.reject(new Error('no network')) };
  const [first, next] = await Promise.allSettled([cachedFolder(broken), cachedFolder(tool('whole'))]);
  expect(first).toMatchObject({ status: 'rejected' });
  expect(next).toMatchObject({ status: 'fulfilled' });
});

describe('another process makes it', () => {
  let other: ChildProcess;
  let partial: string;
  beforeEach(() => {
    other = spawn('sleep', ['60']);
    partial = join(cache, `tool-1.0.0-partial-${other.pid}`);
    mkdirSync(partial, { recursive: true });
  });
  afterEach(() => other.kill('SIGKILL'));

  test('it is waited for, and its folder is taken', async () => {
    const waiting = cachedFolder(tool('ours'));
    writeFileSync(join(partial, 'file'), 'theirs');
    renameSync(partial, join(cache, 'tool-1.0.0'));
    expect(readFileSync(join(await waiting, 'file'), 'utf8')).toBe('theirs');
  });

  test('and is killed: what it left is removed, and ours is made', async () => {
    const waiting = cachedFolder(tool('ours'));
    other.kill('SIGKILL');
    expect(readFileSync(join(await waiting, 'file'), 'utf8')).toBe('ours');
    expect(readdirSync(cache)).toEqual(['tool-1.0.0']);
  });

  test('and the wait can be interrupted', async () => {
    await expect(cachedFolder({ ...tool('ours'), signal: AbortSignal.timeout(10) })).rejects.toThrow(/aborted/);
    expect(readdirSync(cache)).toEqual([`tool-1.0.0-partial-${other.pid}`]);
  });

  test('in the same moment: the folder of the faster one stays', async () => {
    other.kill('SIGKILL');
    const folder = await cachedFolder({
      ...tool('ours'),
      make: async (own) => {
        mkdirSync(join(cache, 'tool-1.0.0'));
        writeFileSync(join(cache, 'tool-1.0.0', 'file'), 'theirs');
        writeFileSync(join(own, 'file'), 'ours');
      },
    });
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('theirs');
    expect(readdirSync(cache)).toEqual(['tool-1.0.0']);
  });
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
