import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canSignIn } from '../../../runtime/connection/sign-in';
import { provisionWithSecret } from '../../../runtime/secret/provision-with-secret';
import { rotate } from '../../../runtime/secret/rotate';
import { secretFile } from '../../../runtime/secret/secret-file';
import type { SecretStore } from '../../../runtime/secret/secret-store';
import { eachApplication } from '../application';
import { isTestAll } from '../tested-releases';
import { interrupted } from './interrupted';

const application = eachApplication();
let folder: string;
let store: SecretStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'umami-db-rotate-'));
  store = secretFile(join(folder, 'secret.json'));
  await provision();
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
});

async function provision(): Promise<void> {
  const { user: _, password: __, ...server } = application.administrator;
  const input = { server, store, administrator: 'none' as const };
  await provisionWithSecret(await application.administer(), application.target, input);
}

const signsIn = (password: string) =>
  canSignIn({ ...application.administrator, user: application.target.databaseRole, password });

const current = async () => JSON.parse((await store.read('AWSCURRENT')) ?? '{}');

// What is interrupted before a call was interrupted after the one before it: in test:all only.
const MOMENTS = isTestAll ? (['before', 'after'] as const) : (['after'] as const);

describe.each(MOMENTS)('a rotation that is interrupted %s any call', (moment) => {
  test('is finished by the next run of any command', async () => {
    for (let at = 0; ; at += 1) {
      const breaking = interrupted({ store, signsIn }, at, moment);
      const { password: old } = await current();
      const outcome = await rotate(await application.administer(), application.target, breaking).catch(
        (error: Error) => error.message,
      );
      // Whatever was reached, one of the two versions lets Umami in.
      const pending = JSON.parse((await store.read('AWSPENDING')) ?? '{}');
      expect([await signsIn(old), await signsIn(String(pending.password ?? (await current()).password))]).toContain(
        true,
      );
      await provision();

      expect(await signsIn((await current()).password)).toBe(true);
      expect(await store.read('AWSPENDING')).toBeUndefined();
      if (breaking.calls() <= at) {
        expect(outcome).toEqual({ outcome: 'rotated' });
        expect(at).toBeGreaterThan(5);
        break;
      }
      expect(outcome).toMatch(/^killed/);
    }
  });
});

test('a rotation that is called again completes the interrupted one', async () => {
  const staged = { ...(await current()), password: 'staged' };
  await store.stage(staged);

  expect(await rotate(await application.administer(), application.target, { store, signsIn })).toEqual({
    outcome: 'finished',
  });
  expect((await current()).password).toBe('staged');
  expect(await signsIn('staged')).toBe(true);
});

test('a password that does not work in the end leaves the secret as it is', async () => {
  const { password } = await current();
  const run = rotate(await application.administer(), application.target, { store, signsIn: async () => false });

  await expect(run).rejects.toThrow('The secret still holds the old one as AWSCURRENT');
  expect((await current()).password).toBe(password);
});

test('a role that is not ours keeps its password', async () => {
  const target = { ...application.target, owner: { name: 'Other/prod', id: 'x' } };

  await expect(rotate(await application.administer(), target, { store, signsIn })).rejects.toThrow(
    'belongs to Stack/test',
  );
  expect(await signsIn((await current()).password)).toBe(true);
});
