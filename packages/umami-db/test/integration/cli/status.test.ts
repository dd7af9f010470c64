import { describe, expect, test } from 'vitest';
import { DEFAULT_OWNER } from '../../../runtime/cli/options';
import { migrateByContainer } from '../container';
import { stateOf } from '../state';
import { eachCommandLine, makeCommandLine, variablesOf } from './command';

const { application, commandLine } = eachCommandLine();

/** As the command does, without a secret. */
const provision = () => application.provision({ owner: { name: DEFAULT_OWNER, id: DEFAULT_OWNER } });
const runProvision = () => commandLine.run('provision', '--secret-file', commandLine.secretFile);

const TARGET = expect.stringMatching(/^Database test_\w+ at localhost:\d+, as \w+ \(from PG\*\)\n$/);

/** The status as a machine gets it, which changes nothing. */
async function jsonOf(...options: string[]) {
  const before = await stateOf(application);
  const { code, stdout, stderr } = await commandLine.run('status', ...options, '--json');
  expect(stderr).toEqual(TARGET);
  expect(await stateOf(application)).toEqual(before);
  return { code, json: JSON.parse(stdout) };
}

/** The status as a machine and as a person gets it. */
async function statusOf(...options: string[]) {
  const { code, json } = await jsonOf(...options);
  const shown = await commandLine.run('status', ...options);
  expect([shown.code, shown.stderr]).toEqual([code, TARGET]);
  return { code, stdout: shown.stdout, json };
}

const PROBLEMS_NONE: string[] = [];

const ADD_NEWER = `insert into umami._prisma_migrations (id, checksum, finished_at, migration_name)
  values ('x', 'x', now(), '27_newer')`;

describe('tables that are not what the ledger says', () => {
  const DIFFERENCES = {
    'drop table umami.revenue': 'missing table: revenue',
    'alter table umami.website drop column domain': 'missing column of website: domain',
    'drop index umami.website_event_session_id_idx': 'missing index of website_event: website_event_session_id_idx',
    'alter table umami.website alter name type text': 'other column of website: name',
  };

  test('are a problem, for verify too', async () => {
    await provision();
    for (const sql of Object.keys(DIFFERENCES)) await application.query(sql);
    const { code, stdout, json } = await statusOf();
    const verified = await commandLine.run('verify');

    const lines = Object.values(DIFFERENCES);
    expect([code, json.tables.wrong]).toEqual([1, expect.arrayContaining(lines)]);
    expect(stdout).toContain(`Problem: The tables of schema umami are not what its ledger says: `);
    expect(verified.code).toBe(3);
    for (const line of lines) expect(verified.stdout).toContain(`not as the ledger says: ${line}\n`);
  });

  test('are none with an index that somebody added, which is told', async () => {
    await provision();
    await application.query('create index of_somebody on umami.website (name)');
    const { code, stdout, json } = await statusOf();
    const verified = await commandLine.run('verify');

    expect([code, json.tables]).toEqual([0, { wrong: [], added: ['unexpected index of website: of_somebody'] }]);
    expect(stdout).toContain('unexpected index of website: of_somebody, which Umami does not need\n');
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('of_somebody, which Umami does not')]);
  });

  test('are compared with the release that the schema stopped at', async () => {
    await commandLine.run('provision', '--secret-file', commandLine.secretFile, '--umami-version', '2.20');
    const { code, json } = await jsonOf('--umami-version', '2.20');

    expect([code, json.tables]).toEqual([0, { wrong: [], added: [] }]);
  });

  test('stop a provisioning where there are none at all', async () => {
    await runProvision();
    await application.query('drop table umami.website, umami.session, umami.website_event, umami."user" cascade');
    const { code, json } = await jsonOf();
    const provisioned = await runProvision();

    const sentence =
      'The ledger of schema umami has 26 migrations, and there is no table user, session, website, website_event.';
    expect([code, json.problems]).toEqual([1, [expect.stringContaining(sentence)]]);
    expect([provisioned.code, provisioned.stderr]).toEqual([1, expect.stringContaining(sentence)]);
  });
});

describe('a status without a problem', () => {
  test('of nothing says that provision makes it', async () => {
    const { code, stdout, json } = await statusOf();

    expect([code, json.schema, json.databaseRole, json.problems]).toEqual([0, null, null, PROBLEMS_NONE]);
    expect(stdout).toContain('Schema umami: does not exist; provision makes it\n');
    expect(json.pending).toHaveLength(26);
  });

  test('of what was provisioned says whose it is, and names what is ahead', async () => {
    await provision();
    const { code, stdout, json } = await statusOf();

    expect([code, stdout.split('\n')[0]]).toEqual([0, 'Schema umami: belongs to umami-db (umami-db)']);
    expect(stdout).toContain('Migrations: 26 applied, 0 pending, 0 ahead of the target\n');
    expect(json).toMatchObject({
      schema: { owner: 'umami-db (umami-db)', databaseRole: application.administrator.user },
      applied: expect.arrayContaining(['01_init', '26_add_api_key']),
      pending: [],
      failed: [],
      ahead: [],
      problems: [],
    });

    await application.query(ADD_NEWER);
    const newer = await statusOf();
    expect([newer.code, newer.json.ahead]).toEqual([0, ['27_newer']]);
    expect(newer.stdout).toContain('  ahead: 27_newer\n');
  });

  test('of a schema of ours that lost its ledger tells what its tables are; provision writes it again', async () => {
    await runProvision();
    await application.query('drop table umami._prisma_migrations; drop schema umami_migrations cascade');
    const { code, json } = await jsonOf();

    expect([code, json.applied.length, json.pending, json.problems]).toEqual([0, 26, [], PROBLEMS_NONE]);
    expect((await runProvision()).stdout).toContain('has 26 migrations, 0 of them applied now');
    expect(await application.query('select count(*)::int as rows from umami._prisma_migrations')).toEqual([
      { rows: 26 },
    ]);
  });
});

describe('a status with a problem explains it and ends with 1:', () => {
  test("another stack's ownership comment", async () => {
    await application.provision({ owner: { name: 'Other/prod', id: 'umami-7' } });
    const { code, stdout, json } = await statusOf();

    expect([code, json.schema.owner]).toEqual([1, 'Other/prod (umami-7)']);
    expect(stdout).toContain('Problem: Schema umami belongs to Other/prod: nothing was changed. Choose another schema');
    expect([json.applied.length, json.problems.length]).toEqual([26, 1]);
    expect((await jsonOf('--owner', 'Other/prod')).code).toBe(0);
  });

  test('no ownership comment, until it is adopted', async () => {
    await migrateByContainer(application, { version: '2.15', madeBy: 'administrator' });
    const { code, stdout, json } = await statusOf();

    expect([code, json.applied.length, json.pending.length]).toEqual([1, 7, 19]);
    expect(stdout).toContain('Problem: Schema umami has no ownership comment: it is left alone, unless it is adopted');
    expect((await jsonOf('--adopt')).code).toBe(0);
  });

  test('a migration that failed (P3009)', async () => {
    await provision();
    await application.query(`update umami._prisma_migrations set finished_at = null
      where migration_name = '26_add_api_key'`);
    const { code, stdout, json } = await statusOf();

    expect([code, json.failed, json.applied.length]).toEqual([1, ['26_add_api_key'], 25]);
    expect(stdout).toContain('  failed: 26_add_api_key\n');
    expect(stdout).toMatch(/^Problem: Migration 26_add_api_key began .* \(Prisma's P3009\)\. .*--repair/m);
    expect((await jsonOf('--repair')).code).toBe(0);
  });

  test('a gap in the ledger', async () => {
    await provision();
    await application.query(`delete from umami._prisma_migrations where migration_name = '07_add_tag'`);
    const { code, stdout, json } = await statusOf();

    expect([code, json.applied.length, json.pending]).toEqual([1, 25, ['07_add_tag']]);
    expect(stdout).toContain('Problem: The ledger of schema umami lacks 07_add_tag, though it has 26_add_api_key');

    await application.query(`update umami._prisma_migrations set migration_name = '07_add_tag'
      where migration_name = '26_add_api_key'; ${ADD_NEWER}`);
    const newer = await jsonOf();
    expect([newer.code, newer.json.problems]).toEqual([
      1,
      [expect.stringContaining('lacks 26_add_api_key, though it has 27_newer.')],
    ]);
  });

  test('tables that are no Umami, and no ledger', async () => {
    await provision();
    await application.query(`drop table umami._prisma_migrations; alter table umami.website add column mine text`);
    const { code, stdout } = await statusOf();

    expect(code).toBe(1);
    expect(stdout).toMatch(/Problem: Schema umami has tables and no ledger, and is no release of Umami.*\n.*mine/);
  });

  test('no ledger, and no right to find out what the tables are', async () => {
    await provision();
    await application.query(`drop table umami._prisma_migrations;
      do $$ begin execute format('alter database %I owner to current_user', current_database()); end $$`);
    const { code, stdout } = await statusOf();

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /Problem: To find out the release of the tables, .* may not create a schema: permission denied for database/,
    );
  });

  test('more than tables of Umami in a schema without an ownership comment', async () => {
    const administrator = await application.administer();
    await administrator.query('create schema umami; create table umami.orders (id int)');
    const { json } = await jsonOf();

    expect(json.problems).toEqual([
      expect.stringContaining('Schema umami has no ownership comment'),
      expect.stringContaining("cannot be adopted, for it holds more than Umami's tables: table orders"),
    ]);
  });

  test('an administrator who may not look, or act', async () => {
    await provision();
    const visitor = application.administrator.user.replace('administrator', 'visitor');
    await application.query(`create role ${visitor} login password 'x'`);
    const asVisitor = { ...application.administrator, user: visitor, password: 'x' };
    const other = makeCommandLine(application, variablesOf(asVisitor));
    const { code, stdout } = await other.run('status');
    const json = JSON.parse((await other.run('status', '--json')).stdout);
    const missing = JSON.parse((await other.run('status', '--json', '--schema', 'b', '--database-role', 'b')).stdout);
    other.close();

    expect([code, json.applied, json.schema.owner]).toEqual([1, null, 'umami-db (umami-db)']);
    expect(stdout).toContain('Migrations: not known\n');
    expect(stdout).toMatch(
      new RegExp(`^Problem: Administrator ${visitor} may not act as ${application.administrator.user}`, 'm'),
    );
    expect(missing.problems).toEqual([
      expect.stringMatching(
        new RegExp(`^Administrator ${visitor} lacks rights\\. .*: alter role "${visitor}" createrole; grant create`),
      ),
    ]);
  });
});
