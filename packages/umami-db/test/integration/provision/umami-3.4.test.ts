import { describe, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { migrationsOf } from '../../../runtime/migrations/releases';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { eachApplication, PASSWORD } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { migrationFiles } from '../prisma/migration-files';
import { id } from '../umami-schema';

const ROWS = 10_000;
const DUPLICATES = 1_000;

/** Each tenth key of a session has a second row, which is older. */
const FILL = `
  insert into umami.session_data (session_data_id, website_id, session_id, data_key, string_value, data_type, created_at)
  select gen_random_uuid(), md5('website')::uuid, md5(n::text)::uuid, 'plan', 'new', 1, timestamptz '2026-02-01' from generate_series(1, ${ROWS}) n
  union all
  select gen_random_uuid(), md5('website')::uuid, md5(n::text)::uuid, 'plan', 'old', 1, timestamptz '2026-01-01' from generate_series(1, ${DUPLICATES}) n;
  insert into umami.website (website_id, name, replay_enabled, replay_config) values
    ('${id(1)}', 'records', true, '{"sampleRate": 0.5}'), ('${id(2)}', 'records as well', true, null), ('${id(3)}', 'does not', false, null);
  insert into umami."user" (user_id, username, password, role, deleted_at) values
    ('${id(1)}', 'Carol', 'x', 'user', null), ('${id(2)}', 'carol', 'x', 'user', now()),
    ('${id(3)}', 'Dave', 'x', 'user', null), ('${id(4)}', 'DAVE', 'x', 'user', null), ('${id(5)}', 'erin', 'x', 'user', null)`;

const WARNING = `23_update_session_data deletes ${DUPLICATES} rows of table umami.session_data for good: of each session and key only the newest row stays. To keep them, take a snapshot first.`;

const application = eachApplication();

const tables = async () => (await describeSchema(await application.administer(), 'umami')).tables;

/** Whether a container of a release starts, and what it says when it does not. */
const start = (version: string) =>
  startContainer(application, undefined, migrationFiles(version)).then(
    (applied) => applied,
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  );

describe('an Umami 3.1 with data', () => {
  test.each([
    ['in one go', ['3.4']],
    ['by way of 3.2 and 3.3', ['3.2', '3.3.0', '3.3', '3.4']],
  ])(
    'becomes 3.4 %s: the warning comes first, each website records on, names are in lower case',
    async (_, releases) => {
      await application.provision({ umamiVersion: '3.1' });
      await application.query(FILL);
      const told: string[] = [];
      for (const umamiVersion of releases) {
        const report = await application.provision(
          { umamiVersion },
          { onWarning: (warning) => told.push(warning), onMigration: (migration) => told.push(migration) },
        );
        expect(report.present).toBe(migrationsOf(umamiVersion).length);
      }

      expect(told.filter((line) => line.startsWith('23_') && line !== '23_update_session_data')).toContain(WARNING);
      expect(told.indexOf(WARNING)).toBeLessThan(told.indexOf('23_update_session_data'));
      expect(await tables()).toEqual(umami340.tables);
      expect(await application.query('select string_value, count(*)::int from umami.session_data group by 1')).toEqual([
        { string_value: 'new', count: ROWS },
      ]);
      const websites = 'select name, recorder_enabled as on, replay_config as config from umami.website order by name';
      expect(await application.query(websites)).toEqual([
        { name: 'does not', on: false, config: null },
        { name: 'records', on: true, config: { sampleRate: 0.5, replayEnabled: true } },
        { name: 'records as well', on: true, config: { replayEnabled: true } },
      ]);
      const users = await application.query('select username from umami."user" order by user_id');
      const suffix = expect.stringMatching(/^carol-[0-9a-f]{8}$/);
      expect(users).toEqual(['carol', suffix, 'Dave', 'DAVE', 'erin'].map((username) => ({ username })));
    },
  );

  test('has more rows of session data than a function may delete', async () => {
    await application.provision({ umamiVersion: '3.1' });
    await application.query(FILL);

    await expect(application.provision({}, { rowLimit: ROWS })).rejects.toThrow(
      `Table umami.session_data has more than ${ROWS} rows, which 20_add_heatmap and later migrations rewrite`,
    );
    expect((await application.provision({ umamiVersion: '3.2' }, { rowLimit: ROWS })).applied).toHaveLength(1);
  });
});

test('an adopted Umami 2.5 has duplicates under the name that the key had then, and is warned of them', async () => {
  await migrateByContainer(application, { version: '2.5', madeBy: 'administrator' });
  await application.query(`insert into umami.session_data
    (session_data_id, website_id, session_id, session_key, data_type)
    select gen_random_uuid(), md5('w')::uuid, md5('s')::uuid, 'plan', 1 from generate_series(1, 3)`);

  const { warnings } = await application.provision({ adopt: true });
  expect(warnings).toContain(WARNING.replace(String(DUPLICATES), '2'));
});

describe('a migration that changes rows alone', () => {
  const upperCase = `insert into umami."user" (user_id, username, password, role) values ('${id(1)}', 'Carol', 'x', 'user')`;
  const names = () => application.query(`select username from umami."user" where user_id = '${id(1)}'`);

  test('runs when the tables cannot tell whether it has', async () => {
    await migrateByContainer(application, { version: '3.3.0', ledger: false, madeBy: 'administrator' });
    await application.query(upperCase);

    expect((await application.provision({ adopt: true })).applied[0]).toBe('24_lowercase_username');
    expect(await names()).toEqual([{ username: 'carol' }]);
  });

  test('runs again when it failed', async () => {
    await migrateByContainer(application, { version: '3.3.0', madeBy: 'administrator' });
    await application.query(`${upperCase}; insert into umami._prisma_migrations (id, checksum, migration_name)
      values ('failed', 'x', '24_lowercase_username')`);

    expect((await application.provision({ adopt: true, repair: true })).applied[0]).toBe('24_lowercase_username');
    expect(await names()).toEqual([{ username: 'carol' }]);
    expect(await start('3.4')).toEqual([]);
  });
});

test('containers up to the release of the schema start, newer ones do not and change nothing', async () => {
  const releases = ['3.1', '3.2', '3.3.0', '3.3', '3.4'];
  for (const [index, umamiVersion] of releases.entries()) {
    await application.provision({ umamiVersion });
    for (const [of, release] of releases.entries())
      expect(await start(release)).toEqual(
        of <= index ? [] : expect.stringContaining('permission denied for table _prisma_migrations'),
      );
  }
});

test.each([
  [
    'a finished row that no release here knows',
    `insert into LEDGER (id, checksum, finished_at, migration_name) values ('x', 'x', now(), '27_x')`,
    [],
  ],
  [
    'an unfinished row that no release here knows',
    `insert into LEDGER (id, checksum, migration_name) values ('x', 'x', '27_x')`,
    'P3009',
  ],
  ['another checksum', `update LEDGER set checksum = 'x'`, []],
  [
    'a ledger that it may not read',
    'revoke select on LEDGER from ROLE',
    'permission denied for table _prisma_migrations',
  ],
  ['no ledger', 'drop table LEDGER', 'P3005'],
])('a container at the schema of 3.4 with %s: %s ends in %j', async (_, sql, end) => {
  await application.provision();
  const { databaseRole } = application.target;
  await application.query(sql.replace('LEDGER', 'umami._prisma_migrations').replace('ROLE', databaseRole));

  for (const release of ['3.1', '3.2', '3.3', '3.4'])
    expect(await start(release)).toEqual(typeof end === 'string' ? expect.stringContaining(end) : end);
});

test('the database role uses the tables that an upgrade made, and owns and changes none', async () => {
  await application.provision({ umamiVersion: '3.1' });
  await application.provision();
  const umami = await application.signIn(application.target.databaseRole, PASSWORD);
  await umami.query(`insert into "user" (user_id, username, password, role) values ('${id(1)}', 'erin', 'x', 'user');
    insert into api_key (api_key_id, user_id, name, key_hash, key_prefix) values ('${id(2)}', '${id(1)}', 'key', 'x', 'x')`);
  await expect(
    umami.query(`insert into api_key values ('${id(3)}', '${id(9)}', 'key of nobody', 'y', 'y')`),
  ).rejects.toThrow('api_key_user_id_fkey');
  // The rows of a user go with the user, though the database role has no rights on the constraint.
  await umami.query('delete from "user"');
  expect((await umami.query('select from api_key')).rowCount).toBe(0);
  const added = Object.keys(umami340.tables).map((table) => `select count(*) from "${table}"`);
  for (const sql of added) await umami.query(sql);
  await expect(umami.query('alter table api_key drop constraint api_key_user_id_fkey')).rejects.toThrow(
    'must be owner',
  );
});
