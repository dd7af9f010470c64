import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { secretFile } from '../../../runtime/secret/secret-file';
import type { SecretValue } from '../../../runtime/secret/secret-value';

const VALUE = { username: 'umami', password: 'x' } as SecretValue;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-file-'));
  file = join(folder, 'secret.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('what is in the way of a new value is told, and nothing of the value is left', async () => {
  mkdirSync(file);

  await expect(secretFile(file).write(VALUE)).rejects.toMatchObject({
    name: 'ProvisionError',
    message: expect.stringMatching(
      `^The secret's file ${file} cannot be written: EISDIR.* The database was not changed`,
    ),
  });
  expect(readdirSync(folder)).toEqual(['secret.json']);
});

test('a staged value that cannot become the current one is told with the file that holds it', async () => {
  const store = secretFile(file);
  await store.stage(VALUE);
  mkdirSync(file);

  await expect(store.promote()).rejects.toMatchObject({
    name: 'ProvisionError',
    message: expect.stringMatching(
      `^The database has the new password, and ${file}.pending holds it; .* EISDIR.* run it`,
    ),
  });
  rmSync(file, { recursive: true });
  await store.promote();
  expect(JSON.parse((await store.read('AWSCURRENT')) ?? '')).toEqual(VALUE);
});
