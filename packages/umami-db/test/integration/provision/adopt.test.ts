import { describe, expect, test } from 'vitest';
import { inspect } from '../../../runtime/inspection/inspect';
import { provision } from '../../../runtime/provision/provision';
import { readStatus } from '../../../runtime/provision/status';
import { CREATE_PRISMA_LEDGER, insertPrismaRow } from '../../../runtime/sql/prisma-ledger';
import { DEFAULT_LIMITS, type Target } from '../../../runtime/target/target';
import { eachApplication, PASSWORD } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { migrationFiles } from '../prisma/migration-files';
import { stateOf } from '../state';
import { isTestAll } from '../tested-releases';

const application = eachApplication();

/** Each takes half a second: by default those whose tables differ most, all of them in test:all. */
const releases = (all: readonly [release: string, missing: number][]) =>
  all.filter(([release]) => isTestAll || BY_DEFAULT.has(release));
const BY_DEFAULT = new Set(['2.0', '3.1', '17_remove_duplicate_key']);

const container = (version: string, ledger = true) =>
  migrateByContainer(application, { version, ledger, madeBy: 'administrator' });

/** Adopts, which has to fail and to change nothing; answers with the sentence. */
async function refusal(differing: Partial<Target> = {}): Promise<string> {
  const before = await stateOf(application);
  const error = await application.provision({ adopt: true, ...differing }).catch((reason: Error) => reason);
  expect(error).toMatchObject({ name: 'ProvisionError' });
  expect(await stateOf(application)).toEqual(before);
  return (error as Error).message;
}

test.each(
  releases([
    ['2.0', 25],
    ['2.9', 23],
    ['2.11.1', 21],
    ['2.18', 16],
    ['2.20', 13],
    ['3.0', 12],
    ['3.1', 7],
    ['3.2', 6],
    ['3.3.0', 3],
    ['3.3', 2],
    ['3.4', 0],
  ]),
)('an Umami %s lacks %i migrations', async (version, missing) => {
  const itself = await container(version);

  expect((await application.provision({ adopt: true })).applied).toHaveLength(missing);
  expect(await startContainer(application)).toEqual([]);
  expect(await startContainer(application, itself)).toEqual([]);
});

describe.each(
  releases([
    ['15_add_share', 11],
    ['16_boards', 10],
    ['17_remove_duplicate_key', 9],
    ['18_add_performance', 8],
  ]),
)('between two releases: %s', (migration, missing) => {
  const newest = '26_add_api_key';
  const rows = `select migration_name as name from umami._prisma_migrations where finished_at is not null order by 1 desc`;

  test.runIf(isTestAll)('a container got so far, and the rest is applied', async () => {
    await container(migration);
    const { applied } = await application.provision({ adopt: true });

    expect([applied.length, applied.at(-1)]).toEqual([missing, newest]);
    expect(await startContainer(application)).toEqual([]);
  });

  test.runIf(isTestAll)('is detected by its tables', async () => {
    await container(migration, false);
    const { applied, present } = await application.provision({ adopt: true });

    expect([applied.length, applied.at(-1), present]).toEqual([missing, newest, 26]);
    expect(await application.query('select name from umami.website')).toEqual([{ name: 'kept' }]);
  });

  test('an adoption stops there on request, and goes on later', async () => {
    await container('3.0');
    const stopped = await application.provision({ adopt: true, umamiVersion: migration });

    expect([stopped.applied.length, stopped.applied.at(-1)]).toEqual([12 - missing, migration]);
    expect((await application.query(rows))[0]).toEqual({ name: migration });
    expect(await startContainer(application, undefined, migrationFiles(migration))).toEqual([]);

    expect((await application.provision()).applied).toHaveLength(missing);
    expect(await startContainer(application)).toEqual([]);
  });
});

describe('an Umami 1.x', () => {
  /** As its first migrations make it; only the names of its tables matter here. */
  const UMAMI_1 = ['account', 'event', 'event_data', 'pageview', 'session', 'website'];
  const makeUmami1 = async () => {
    await application.query('create schema umami');
    for (const table of UMAMI_1)
      await application.query(`create table umami.${table} (${table}_id serial primary key)`);
  };

  test.each([
    ['with a ledger', ['01_init', '02_add_event_data', '03_remove_cascade_delete', '04_add_uuid']],
    ['without a ledger', []],
  ])('is refused by its name, with the way to 2.x, %s', async (_, applied) => {
    await makeUmami1();
    if (applied.length > 0) await application.query(`set search_path = umami; ${CREATE_PRISMA_LEDGER}`);
    for (const migration of applied) await application.query(insertPrismaRow(migration, 'of 1.x'));
    const sentence = expect.stringMatching(/^Schema umami holds Umami 1\.x .* run npx @umami\/migrate-v1-v2 /);

    expect([await refusal({ adopt: false }), await refusal()]).toEqual([sentence, sentence]);
    const [administrator, { target }] = [await application.administer(), application];
    const status = await readStatus(administrator, { target, facts: await inspect(administrator, target) });
    expect(status).toEqual({ facts: expect.anything(), temporary: [], problems: [sentence] });
  });

  test('that was upgraded is adopted when the tables that the upgrade left are gone', async () => {
    await container('2.0');
    await application.query('create table umami.v1_account (); create table umami.v1_pageview ()');
    expect(await refusal()).toMatch(/table v1_account, table v1_pageview\. .*: drop them when nobody needs them\.$/);
    await application.query('drop table umami.v1_account, umami.v1_pageview');

    expect(await application.provision({ adopt: true })).toMatchObject({ present: 26 });
  });
});

describe('what is more than an Umami', () => {
  const OBJECTS = [
    ['create table umami.orders ()', 'table orders'],
    ['create view umami.names as select name from umami.website', 'view names'],
    ['create function umami.leak() returns int language sql as $$ select 1 $$', 'function umami.leak()'],
    [`create type umami.mood as enum ('good')`, 'type mood'],
    ['create sequence umami.numbers', 'sequence numbers'],
    ['create extension citext schema umami', 'extension citext'],
    ['create type umami.pair as (one int)', 'type pair'],
    [`create domain umami.email as text check (value like '%@%')`, 'type email'],
    [`create collation umami.german (locale = 'C')`, 'collation umami.german'],
    [
      'create operator umami.=== (leftarg = int, rightarg = int, function = int4eq)',
      'operator umami.===(integer,integer)',
    ],
    ['create text search dictionary umami.words (template = simple)', 'text search dictionary umami.words'],
    ['create statistics umami.together on name, domain from umami.website', 'statistics object umami.together'],
    [
      `create trigger heard before update on umami.website for each row execute function suppress_redundant_updates_trigger()`,
      'trigger heard on website',
    ],
    ['create rule quiet as on delete to umami.website do instead nothing', 'rule quiet on website'],
    ['create policy own on umami.website', 'policy own on website'],
  ] as const;

  test('is refused with all of it', async () => {
    await container('2.15');
    for (const [sql] of OBJECTS) await application.query(sql);

    const [, found = ''] =
      /^Schema umami cannot be adopted, for it holds more than Umami's tables: (.*)\. Nothing was changed\. Move them to another schema first\.$/.exec(
        await refusal(),
      ) ?? [];
    expect(found.split(', ').sort()).toEqual(OBJECTS.map(([, name]) => name).sort());
  });

  test('is not pgcrypto, which the first migration of Umami puts there', async () => {
    await container('2.15');
    const extensions = `select extname from pg_extension where extnamespace = 'umami'::regnamespace`;
    expect(await application.query(extensions)).toEqual([{ extname: 'pgcrypto' }]);

    expect(await application.provision({ adopt: true })).toMatchObject({ present: 26 });
    expect(await application.query(extensions)).toEqual([{ extname: 'pgcrypto' }]);
  });

  test('is the schema public', async () => {
    expect(await refusal({ schema: 'public' })).toContain("must not be one of PostgreSQL's own");
  });

  test('is a role with more rights than Umami may have', async () => {
    const { role } = await container('2.15');
    await application.query(`alter role ${role} createdb`);

    expect(await refusal({ databaseRole: role })).toContain('it has more rights than Umami may have');
  });
});

describe('a schema without a ledger', () => {
  const RELEASES: readonly [release: string, missing: number][] = [
    ['3.1', 7],
    ['2.0', 25],
    ['2.18', 16],
    ['3.2', 6],
    ['3.3.0', 3],
    ['3.4', 0],
  ];
  test.each(isTestAll ? RELEASES : RELEASES.slice(0, 1))(
    'is detected as Umami %s by its tables',
    async (version, missing) => {
      await container(version, false);
      const report = await application.provision({ adopt: true });

      expect([report.applied.length, report.present]).toEqual([missing, 26]);
      expect(await application.query(`select 1 from pg_namespace where nspname like 'umami_scratch%'`)).toEqual([]);
      const rows = 'select count(*)::int as rows from umami._prisma_migrations where finished_at is not null';
      expect(await application.query(rows)).toEqual([{ rows: 26 }]);
      expect(await application.query('select name from umami.website')).toEqual([{ name: 'kept' }]);
    },
  );

  test('is refused with the difference when it is no release', async () => {
    await container('2.15', false);
    await application.query(`alter table umami.website add price int; drop index umami.website_user_id_idx;
      alter table umami.team alter name type text`);

    expect(await refusal()).toBe(
      `Schema umami has tables and no ledger, and is no release of Umami since 2.0. Nothing was changed. Nearest is 07_add_tag, but:
  other column of team: name
  unexpected column of website: price
  missing index of website: website_user_id_idx
Undo the difference, and try again.`,
    );
  });
});

describe('a migration that failed', () => {
  const failed = async (version: string, migration: string) => {
    await container(version);
    await application.query(
      `insert into umami._prisma_migrations (id, checksum, migration_name) values ('failed', 'x', $1)`,
      [migration],
    );
  };

  test('is explained', async () => {
    await failed('2.15', '08_add_utm_clid');

    expect(await refusal()).toBe(
      `Migration 08_add_utm_clid began in schema umami and did not end: Umami refuses to start (Prisma's P3009). Nothing was changed. Run it again with \`repair\`: the tables decide whether its row is finished or rolled back.`,
    );
  });

  test('is rolled back when the tables are as before it, and applied again', async () => {
    await failed('2.15', '08_add_utm_clid');
    const report = await application.provision({ adopt: true, repair: true });

    expect(report.applied[0]).toBe('08_add_utm_clid');
    const rows = `select id, finished_at is not null as finished, rolled_back_at is not null as "rolledBack"
      from umami._prisma_migrations where migration_name = '08_add_utm_clid' order by finished_at nulls first`;
    expect(await application.query(rows)).toEqual([
      { id: 'failed', finished: false, rolledBack: true },
      { id: expect.any(String), finished: true, rolledBack: false },
    ]);
  });

  test('is refused when the tables are on neither side', async () => {
    await failed('2.15', '08_add_utm_clid');
    await application.query('alter table umami.website_event add gclid varchar(255)');

    expect(await refusal({ repair: true })).toContain(
      'the tables are neither in the state before it nor in the state after it',
    );
  });

  test('is left to its own release when that is a newer one', async () => {
    await failed('3.4', '27_of_the_future');

    expect(await refusal({ repair: true })).toContain("with that release's own prisma migrate resolve");
  });
});

test('a ledger with a gap is refused', async () => {
  await container('2.15');
  await application.query(`delete from umami._prisma_migrations where migration_name = '04_team_redesign'`);

  expect(await refusal()).toContain('lacks 04_team_redesign, though it has 07_add_tag');
});

test('what a superuser owns is to be given away, rather than anybody be made one', async () => {
  await container('2.15');
  await application.query('alter table umami.website owner to postgres');

  const { user } = application.administrator;
  const statement = `alter table "umami"."website" owner to "${user}"`;
  expect(await refusal()).toContain(`run: ${statement}; and then try again.`);
  await application.query(statement);
  expect(await application.provision({ adopt: true })).toMatchObject({ present: 26 });
});

test('the tables are transferred from one administrator to another, once it may', async () => {
  await application.provision();
  const { user } = application.administrator;
  await application.query(`create role ${user}_2 with login createrole password 'second';
    grant create on database ${application.target.database} to ${user}_2`);
  const second = await application.signIn(`${user}_2`, 'second');
  const run = () =>
    provision(
      second,
      { ...application.target, limits: { ...DEFAULT_LIMITS, connections: 20 } },
      {
        password: PASSWORD,
        canSignIn: async () => true,
      },
    );

  await expect(run()).rejects.toThrow(`run: grant "${user}" to "${user}_2"; and then try again.`);
  await application.query(`grant ${user} to ${user}_2`);
  expect(await run()).toMatchObject({ present: 26 });
  const owners = `select distinct tableowner as owner from pg_tables where schemaname like 'umami%'`;
  expect(await application.query(owners)).toEqual([{ owner: user }]);
});
