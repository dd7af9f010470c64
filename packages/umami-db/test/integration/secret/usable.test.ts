import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProvisionReport } from '../../../runtime/provision/provision';
import { provisionWithSecret } from '../../../runtime/secret/provision-with-secret';
import { secretFile } from '../../../runtime/secret/secret-file';
import { DEFAULT_LIMITS } from '../../../runtime/target/target';
import { eachApplication } from '../application';

const application = eachApplication();
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'umami-db-usable-'));
  await provision();
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
});

const store = () => secretFile(join(folder, 'secret.json'));

async function provision(connections = DEFAULT_LIMITS.connections): Promise<ProvisionReport> {
  const { user: _, password: __, ...server } = application.administrator;
  const target = { ...application.target, limits: { ...DEFAULT_LIMITS, connections } };
  return provisionWithSecret(await application.administer(), target, { server, store: store(), administrator: 'none' });
}

test.each([
  [
    'a password that is no longer valid',
    `alter role ROLE valid until '2020-01-01'`,
    /^Database role ROLE cannot sign in: its password is valid until 2020-01-01 .* only\. Run as an administrator: (alter role ROLE valid until 'infinity');$/,
  ],
  [
    'a setting of its own',
    'alter role ROLE set default_transaction_read_only = true',
    /^Database role ROLE cannot add a row .*: default_transaction_read_only=true is set for it in every database\. Run as an administrator: (alter role ROLE reset default_transaction_read_only);$/,
  ],
  [
    'a setting of its own in this database',
    'alter role ROLE in database DATABASE set default_transaction_read_only = on',
    /: default_transaction_read_only=on is set for it in database DATABASE\. Run as an administrator: (alter role ROLE in database DATABASE reset default_transaction_read_only);$/,
  ],
  [
    'a trigger of somebody',
    `create function app.refuse() returns trigger language plpgsql as $$ begin raise 'not today'; end $$;
      create trigger refuse before insert on umami.website for each row execute function app.refuse()`,
    /^Database role ROLE cannot add a row to table website of schema umami: not today$/,
  ],
])(
  'provisioning fails when Umami could not work with what is there, and names the reason: %s',
  async (_, breaking, sentence) => {
    const { database, databaseRole } = application.target;
    const named = (text: string) => text.replaceAll('ROLE', databaseRole).replaceAll('DATABASE', database);
    const expected = new RegExp(named(sentence.source));
    await application.query(named(breaking));
    const error = await provision().catch((reason: Error) => reason);

    expect(error).toMatchObject({ name: 'ProvisionError', message: expect.stringMatching(expected) });
    await application.query(expected.exec((error as Error).message)?.[1] ?? 'drop function app.refuse() cascade');
    expect((await provision()).warnings).toEqual([]);
    expect(await application.query('select * from umami.website')).toEqual([]);
  },
);

test('a setting of the whole database is named as one', async () => {
  const { database } = application.target;
  // The administrator itself may write, as one does who froze the database for everybody else.
  await application.query(`alter role ${application.administrator.user} set default_transaction_read_only = off`);
  await application.query(`alter database ${database} set default_transaction_read_only = on`);

  await expect(provision()).rejects.toThrow(
    `default_transaction_read_only=on is set for every database role in database ${database}. Run as an administrator: alter database ${database} reset default_transaction_read_only;`,
  );
});

test('a table in use, and a role whose connections are all taken, are warnings only', async () => {
  const { databaseRole } = application.target;
  const other = await application.administer();
  await other.query('begin; lock table umami.website in exclusive mode');
  const locked = await provision();
  await other.query('rollback');
  await provision(1);
  await application.signIn(databaseRole, JSON.parse((await store().read('AWSCURRENT')) ?? '').password);
  const full = await provision(1);

  const warning = `^Whether database role ${databaseRole} can sign in and write was not tried: `;
  expect(locked.warnings).toEqual([expect.stringMatching(new RegExp(`${warning}.* lock timeout$`))]);
  expect(full.warnings).toEqual([expect.stringMatching(new RegExp(`${warning}.* has no connection left`))]);
});
