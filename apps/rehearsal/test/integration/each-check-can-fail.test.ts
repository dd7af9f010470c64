import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAdministrator } from '../../lib/src/checks/administrator';
import { checkApplication, checkWork } from '../../lib/src/checks/application';
import { checkCatalog } from '../../lib/src/checks/catalog';
import { checkDatabaseUrl } from '../../lib/src/checks/database-url';
import { checkIsolation } from '../../lib/src/checks/isolation';
import { checkMigrations } from '../../lib/src/checks/migrations';
import { checkDelete, checkUpdate } from '../../lib/src/checks/repeated-events';
import { checkSearchPath } from '../../lib/src/checks/search-path';
import { checkSecretKeys, checkSecretUnlogged } from '../../lib/src/checks/secret';
import { CleanUp } from '../../lib/src/clean-up';
import { type RehearsalContext, required } from '../../lib/src/context';
import { underTest } from '../../lib/src/database/database-under-test';
import type { CheckId } from '../../lib/src/report/check';
import { Checklist } from '../../lib/src/report/checklist';
import { prepareDatabase, startServer } from '../../lib/src/steps/prepare-database';
import { provision } from '../../lib/src/steps/provision';
import { synthesise } from '../../lib/src/steps/synthesise';

// One rehearsal up to the point where everything exists. Each test breaks one thing, sees one check fail, and restores it.

const configFile = join(__dirname, '..', '..', '..', 'foundation', 'foundation.config.ts');
const cleanUp = new CleanUp();
let context: RehearsalContext;

beforeAll(async () => {
  context = {
    options: { configFile, output: 'unused' },
    checklist: new Checklist(),
    cleanUp,
    signal: new AbortController().signal,
  };
  await synthesise(context);
  await startServer(context, () => {});
  await prepareDatabase(context);
  await provision(context);
  // The application stands still, so that what differs is what a test has done.
  workDone = await required(context, 'workload').stop();
});
afterAll(() => cleanUp.run());

let workDone = { transactions: 0, orders: 0, errors: [] as readonly string[], slowest: 0 };

/** Runs statements as superuser in the application's database. */
async function sql(...statements: string[]): Promise<void> {
  const client = await required(context, 'server').connectOwner(required(context, 'application').database);
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What a check says now. */
async function verdict(
  id: CheckId,
  check: (on: RehearsalContext) => unknown,
): Promise<{ status: string; evidence: string }> {
  const checklist = new Checklist();
  await check({ ...context, checklist });
  const { status, evidence } = checklist.all().find((one) => one.id === id) ?? { status: 'gone', evidence: '' };
  return { status, evidence };
}

const APPLICATION = (on: RehearsalContext) => checkApplication(on, workDone);

test.each<[CheckId, (on: RehearsalContext) => unknown, string[], string[], RegExp]>([
  [
    'server.administrator',
    checkAdministrator,
    ['alter role aurora_admin superuser'],
    ['alter role aurora_admin nosuperuser'],
    /it is a superuser/,
  ],
  [
    'database.migrations',
    (on) => checkMigrations(underTest(on)),
    ["update umami._prisma_migrations set rolled_back_at = now() where migration_name = '07_add_tag'"],
    ['update umami._prisma_migrations set rolled_back_at = null'],
    /25 in Prisma's ledger/,
  ],
  [
    'database.migrations',
    (on) => checkMigrations(underTest(on)),
    [
      "update umami_migrations.migrations set name = 'x' where name = '01_init'",
      "delete from umami_migrations.migrations where name = 'x'",
    ],
    ["insert into umami_migrations.migrations (name, run_on) values ('01_init', '2000-01-01')"],
    /25 in node-pg-migrate's/,
  ],
  [
    'database.catalog',
    (on) => checkCatalog(underTest(on)),
    ['drop index umami.board_user_id_idx'],
    ['create index board_user_id_idx on umami.board (user_id)'],
    /it differs in board/,
  ],
  [
    'database.search-path',
    (on) => checkSearchPath(underTest(on)),
    ['alter role umami_user in database application reset search_path'],
    ['alter role umami_user in database application set search_path = umami'],
    /search_path=umami is not among/,
  ],
  [
    'isolation.application',
    (on) => checkIsolation(underTest(on)),
    ['grant usage on schema application to umami_user', 'grant select on application.customer to umami_user'],
    ['revoke all on application.customer from umami_user', 'revoke all on schema application from umami_user'],
    /^not refused: select \* from application."customer" limit 1; not refused: select application.revenue\(\)$|^not refused: select \* from application."customer" limit 1/,
  ],
  [
    'client.database-url',
    (on) => checkDatabaseUrl(underTest(on)),
    ['alter role umami_user nologin'],
    ['alter role umami_user login'],
    /not permitted to log in/,
  ],
  [
    'client.database-url',
    (on) => checkDatabaseUrl(underTest(on)),
    ['alter role umami_user in database application reset search_path'],
    ['alter role umami_user in database application set search_path = umami'],
    /relation "user" does not exist/,
  ],
  [
    'application.catalog',
    APPLICATION,
    ['create table application.left_over (id int)'],
    ['drop table application.left_over'],
    /the catalog of the schema changed/,
  ],
  [
    'application.catalog',
    APPLICATION,
    ['grant select on application.customer to public'],
    ['revoke select on application.customer from public'],
    /gone: relation application\.customer .*; new: relation application\.customer/,
  ],
  [
    'application.catalog',
    APPLICATION,
    ['alter role application_user set work_mem = 64'],
    ['alter role application_user reset work_mem'],
    /new: setting of application_user/,
  ],
  ['application.catalog', APPLICATION, ['create role intruder'], ['drop role intruder'], /new: role intruder/],
  [
    'application.rows',
    APPLICATION,
    ["update application.customer set email = 'x' where id = 1"],
    ["update application.customer set email = 'customer-1@example.com' where id = 1"],
    /customers changed/,
  ],
  [
    'application.rows',
    APPLICATION,
    ['insert into application."order" (customer_id, total) values (1, 1)'],
    ['delete from application."order" where id = (select max(id) from application."order")'],
    /\d+ orders instead of \d+/,
  ],
])('%s', async (id, check, breaking, restoring, evidence) => {
  expect((await verdict(id, check)).status).toBe('pass');
  await sql(...breaking);
  const broken = await verdict(id, check);
  await sql(...restoring);
  expect(broken.status).toBe('fail');
  expect(broken.evidence).toMatch(evidence);
  expect((await verdict(id, check)).status).toBe('pass');
});

test('secret.keys', async () => {
  const { values } = required(context, 'secrets');
  const { secretArn } = required(context, 'databaseFunction');
  const whole = String(values.get(secretArn));
  expect((await verdict('secret.keys', (on) => checkSecretKeys(underTest(on)))).status).toBe('pass');
  const { DATABASE_URL: _, ...rest } = underTest(context).secret;
  values.set(secretArn, JSON.stringify({ ...rest, MASTER_PASSWORD: 'x' }));
  expect(await verdict('secret.keys', (on) => checkSecretKeys(underTest(on)))).toEqual({
    status: 'fail',
    evidence: 'DATABASE_URL is missing; MASTER_PASSWORD does not belong there',
  });
  values.set(secretArn, whole);
  const secret = underTest(context).secret;
  const checkedWith = (passwordVersion: object) => (on: RehearsalContext) =>
    checkSecretKeys({ ...underTest(on), passwordVersion: '2026-11', secret: { ...secret, ...passwordVersion } });
  expect((await verdict('secret.keys', checkedWith({}))).evidence).toBe('passwordVersion is missing');
  expect((await verdict('secret.keys', checkedWith({ passwordVersion: '2026-11' }))).status).toBe('pass');
});

test('secret.unlogged', async () => {
  const { output } = required(context, 'create');
  const { password = '' } = underTest(context).secret;
  expect((await verdict('secret.unlogged', (on) => checkSecretUnlogged(on, output))).status).toBe('pass');
  expect(await verdict('secret.unlogged', (on) => checkSecretUnlogged(on, `${output}password=${password}`))).toEqual({
    status: 'fail',
    evidence: 'a password appears in the output of the function',
  });
  await sql(`select '${password}'`);
  expect(await verdict('secret.unlogged', (on) => checkSecretUnlogged(on, output))).toEqual({
    status: 'fail',
    evidence: 'a password appears in the log of the server',
  });
});

test('application.work', async () => {
  expect((await verdict('application.work', (on) => checkWork(on, workDone))).status).toBe('pass');
  const refused = { ...workDone, errors: ['permission denied for table order'] };
  expect((await verdict('application.work', (on) => checkWork(on, refused))).evidence).toBe(
    'permission denied for table order',
  );
  expect((await verdict('application.work', (on) => checkWork(on, { ...workDone, transactions: 0 }))).evidence).toBe(
    'it did nothing',
  );
});

test('function.update and function.delete', async () => {
  const create = required(context, 'create');
  expect((await verdict('function.update', (on) => checkUpdate(on, create))).status).toBe('pass');
  expect((await verdict('function.delete', (on) => checkDelete(on, create))).status).toBe('pass');

  // A setting that an update puts back: it has changed something.
  await sql('alter role umami_user connection limit 3');
  expect((await verdict('function.update', (on) => checkUpdate(on, create))).evidence).toBe(
    'schema, rights or secret differ',
  );
  expect((await verdict('function.update', (on) => checkUpdate(on, create))).status).toBe('pass');

  // A function that answers with another id, and one that drops what it should keep.
  const folder = mkdtempSync(join(tmpdir(), 'faulty-function-'));
  try {
    const faulty = (code: string) => {
      writeFileSync(join(folder, 'index.js'), code);
      return { ...context, databaseFunction: { ...required(context, 'databaseFunction'), codeFolder: folder } };
    };
    const replacing = faulty(`exports.handler = async () => ({ PhysicalResourceId: 'another' });`);
    expect(
      (await verdict('function.update', (on) => checkUpdate({ ...replacing, checklist: on.checklist }, create)))
        .evidence,
    ).toBe('another physical id, which replaces the resource');
    const admin = required(context, 'application').admin;
    const dropping = faulty(`
      const { Client } = require('pg');
      exports.handler = async ({ PhysicalResourceId, ResourceProperties: { Host, Port, Database, CertificateAuthority } }) => {
        const client = new Client({ host: Host, port: Port, database: Database, user: '${admin.user}', password: '${admin.password}', ssl: { ca: CertificateAuthority } });
        await client.connect();
        await client.query('alter schema umami rename to umami_gone');
        await client.end();
        return { PhysicalResourceId };
      };`);
    expect(
      (await verdict('function.delete', (on) => checkDelete({ ...dropping, checklist: on.checklist }, create))).status,
    ).toBe('fail');
    await sql('alter schema umami_gone rename to umami');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
