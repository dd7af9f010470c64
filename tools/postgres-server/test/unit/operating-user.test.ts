import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reachable, readableBinaries } from '../../src/operating-user';

let folder: string;
let checkout: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'operating-user-'));
  chmodSync(folder, 0o755);
  checkout = join(folder, 'checkout');
  mkdirSync(join(checkout, 'bin'), { recursive: true });
  writeFileSync(join(checkout, 'bin', 'postgres'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const user = { uid: 65534, gid: 65534 };

test('binaries in an open checkout are used where they are', async () => {
  expect(await readableBinaries(user, checkout, folder)).toBe(checkout);
});

test('binaries in a private checkout are copied to where the user can read them', async () => {
  chmodSync(checkout, 0o700);
  const copy = await readableBinaries(user, checkout, folder);
  expect(copy).toBe(join(folder, 'binaries'));
  expect(existsSync(join(copy, 'bin', 'postgres'))).toBe(true);
});

test('binaries in a private checkout are used where they are when they run as ourselves', async () => {
  chmodSync(checkout, 0o700);
  expect(await readableBinaries(undefined, checkout, folder)).toBe(checkout);
});

test('the first folder is taken that another user can get to', () => {
  chmodSync(checkout, 0o700);
  expect(reachable([join(folder, 'missing'), join(checkout, 'bin'), folder])).toBe(folder);
});
