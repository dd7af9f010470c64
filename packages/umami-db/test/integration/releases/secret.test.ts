import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, escapeLiteral } from 'pg';
import { describe, expect } from 'vitest';
import { canSignIn } from '../../../runtime/connection/sign-in';
import { provisionWithSecret } from '../../../runtime/secret/provision-with-secret';
import { rotate } from '../../../runtime/secret/rotate';
import { secretFile } from '../../../runtime/secret/secret-file';
import type { SecretStore } from '../../../runtime/secret/secret-store';
import type { SecretValue } from '../../../runtime/secret/secret-value';
import { scramVerifier } from '../../../runtime/sql/scram';
import type { Application } from '../application';
import { migrateDeploy } from '../prisma/schema-engine';
import { onEveryRelease } from './on-every-release';

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

/** Of any length, with letters in two forms, a ligature, spaces of other widths, a soft hyphen, a joiner, and other scripts. */
const PASSWORDS = [
  'pencil',
  PRINTABLE,
  ' ',
  'x'.repeat(500),
  'pässwörd',
  'e\u0301',
  'ﬁ',
  'a\u00a0b\u200bc',
  'a\u00adb\u200dc',
  '日本🦊',
];

/** An application whose secret is kept in a file. */
async function withSecret(
  application: Application,
  work: (secret: {
    readonly store: SecretStore;
    provision(): Promise<void>;
    current(): Promise<SecretValue>;
    signsIn(password: string): Promise<boolean>;
  }) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'umami-db-secret-'));
  const store = secretFile(join(folder, 'secret.json'));
  const { user: _, password: __, ...server } = application.administrator;
  try {
    await work({
      store,
      provision: async () => {
        const input = { server, store, administrator: 'generated' } as const;
        await provisionWithSecret(await application.administer(), application.target, input);
      },
      current: async () => JSON.parse((await store.read('AWSCURRENT')) ?? ''),
      signsIn: (password) => canSignIn({ ...server, user: application.target.databaseRole, password }),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a password', () => {
  onEveryRelease('may hold every printable character: driver, engine and server agree', async (application) => {
    await withSecret(application, async ({ store, provision, current, signsIn }) => {
      const known = { username: application.target.databaseRole, password: PRINTABLE, APP_SECRET: 'kept' };
      await store.write(known as SecretValue);
      await provision();

      const { DATABASE_URL, ...rest } = await current();
      expect(rest).toMatchObject(known);
      const [connectionString] = DATABASE_URL.split('&sslmode');
      const caCertificate = application.administrator.certificateAuthority;
      const driver = new Client({ connectionString, ssl: { ca: caCertificate } });
      await driver.connect();
      expect((await driver.query('select current_schema() as schema')).rows).toEqual([{ schema: 'umami' }]);
      await driver.end();
      expect(await migrateDeploy({ databaseUrl: DATABASE_URL, caCertificate })).toEqual([]);
      expect([await signsIn(PRINTABLE), await signsIn(`${PRINTABLE} `)]).toEqual([true, false]);
    });
  });

  onEveryRelease('has the verifier that PostgreSQL itself makes of it', async (application) => {
    const role = `verified_${application.target.databaseRole}`;
    await application.query(`create role ${role}`);
    for (const password of PASSWORDS) {
      await application.query(`alter role ${role} password ${escapeLiteral(password)}`);
      const [row] = await application.query<{ stored: string }>(
        'select rolpassword as stored from pg_authid where rolname = $1',
        [role],
      );
      const salt = /:([^$]+)\$/.exec(row?.stored ?? '')?.[1] ?? '';
      expect(await scramVerifier(password, Buffer.from(salt, 'base64'))).toBe(row?.stored);
      expect(await scramVerifier(password)).not.toBe(await scramVerifier(password));
    }
  });

  onEveryRelease('is rotated while connections live on, and after a run that broke off', async (application) => {
    await withSecret(application, async ({ store, provision, current, signsIn }) => {
      await provision();
      const first = await current();
      const open = await application.signIn(first.username, first.password);
      const run = async (input: SecretStore) =>
        rotate(await application.administer(), application.target, { store: input, signsIn });
      expect(await run(store)).toEqual({ outcome: 'rotated' });
      const second = await current();
      expect([await signsIn(first.password), await signsIn(second.password)]).toEqual([false, true]);
      const changed = { password: '', DATABASE_URL: '', DIRECT_DATABASE_URL: '' };
      expect({ ...second, ...changed }).toEqual({ ...first, ...changed });
      expect((await open.query('select 1 as one')).rows).toEqual([{ one: 1 }]);

      // The role has the new password, and the secret is not told.
      const broken = { ...store, promote: () => Promise.reject(new Error('killed')) };
      await expect(run(broken)).rejects.toThrow('killed');
      expect((await current()).password).toBe(second.password);
      expect(await signsIn(second.password)).toBe(false);
      await provision();
      expect(await signsIn((await current()).password)).toBe(true);
      expect(await store.read('AWSPENDING')).toBeUndefined();
    });
  });
});
