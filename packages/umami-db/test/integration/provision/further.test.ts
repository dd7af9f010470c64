import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { readMigrationsFolder } from '../../../runtime/folder/read-folder';
import { sha256 } from '../../../runtime/migrations/further-file';
import type { FurtherMigration } from '../../../runtime/migrations/index';
import { provision } from '../../../runtime/provision/provision';
import { expectKnown, KNOWN, migrationsFolder, type Scripts, UMAMI_36 } from '../../support/migrations-folder';
import { eachApplication, PASSWORD } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { migrationFiles } from '../prisma/migration-files';
import { stateOf } from '../state';
import { id } from '../umami-schema';

expectKnown();

const [FIRST = '', SECOND = ''] = Object.keys(UMAMI_36);

/** What a folder adds to the migrations of the package. */
const folderWith = (scripts: Scripts): FurtherMigration[] =>
  readMigrationsFolder(migrationsFolder({ ...KNOWN, ...scripts }));
const further = folderWith(UMAMI_36);
const FILES_OF_36 = [...migrationFiles(), ...Object.entries(UMAMI_36).map(([name, sql]) => ({ name, sql }))];

const application = eachApplication();

const addWebsites = () =>
  application.query(`insert into umami.website (website_id, name) values ('${id(1)}', 'one'), ('${id(2)}', 'two')`);

/** Names in both ledgers from the 27th on, with what Prisma's says of them. */
const recorded = () =>
  application.query(`select name, checksum, finished_at is not null as finished from umami_migrations.migrations
    full join umami._prisma_migrations on migration_name = name where name > '26_z' or migration_name > '26_z' order by 1`);
const RECORDED = Object.entries(UMAMI_36).map(([name, sql]) => ({ name, checksum: sha256(sql), finished: true }));

describe('a release that the package does not know', () => {
  test('is made at once: its container starts, and so does one of 3.4', async () => {
    expect(await application.provision({ further })).toMatchObject({ present: 28, ahead: [] });

    expect(await recorded()).toEqual(RECORDED);
    expect(await startContainer(application, undefined, FILES_OF_36)).toEqual([]);
    expect(await startContainer(application)).toEqual([]);
  });

  test('is reached from 3.4 with data, and changes nothing when it is asked for again, or no longer', async () => {
    await application.provision();
    await addWebsites();
    expect(await application.provision({ further })).toMatchObject({ applied: [FIRST, SECOND], present: 28 });

    expect(await recorded()).toEqual(RECORDED);
    const umami = await application.signIn(application.target.databaseRole, PASSWORD);
    const { rows } = await umami.query('select goal.name from goal join website using (goal_id) order by 1');
    expect(rows).toEqual([{ name: 'one' }, { name: 'two' }]);
    await umami.query('delete from goal');
    await expect(umami.query('alter table goal add a int')).rejects.toThrow('must be owner');
    expect(await application.query(`select reltuples from pg_class where oid = 'umami.website'::regclass`)).toEqual([
      { reltuples: 2 },
    ]);
    const before = await stateOf(application);
    expect(await application.provision({ further })).toMatchObject({ applied: [], present: 28, ahead: [] });
    expect(await application.provision()).toMatchObject({ applied: [], present: 28, ahead: [FIRST, SECOND] });
    expect(await stateOf(application)).toEqual(before);
  });

  test('goes on after the migration that was done when the connection is cut', async () => {
    await application.provision();
    const client = await application.administer();
    const { stream } = (client as never as { connection: { stream: Socket } }).connection;
    const cut = provision(
      client,
      { ...application.target, further },
      {
        password: PASSWORD,
        canSignIn: async () => true,
        onMigration: (migration, statement) => {
          // As when the process is killed: the server learns of it in the middle of a transaction.
          if (migration === SECOND && statement > 3) stream.destroy();
        },
      },
    );
    await expect(cut).rejects.toThrow();
    expect(await recorded()).toEqual(RECORDED.slice(0, 1));

    expect((await application.provision({ further })).applied).toEqual([SECOND]);
    expect(await recorded()).toEqual(RECORDED);
  });

  test('waits for a lock as long as it may, and what was done by then stays', async () => {
    await application.provision();
    const reader = await application.administer();
    await reader.query('begin; select from umami.website');
    await expect(application.provision({ further }, { lockRetryTime: 1 })).rejects.toThrow(
      `The step "migration ${SECOND}" got no lock on what it changes within 0.001 seconds: nothing of it was changed.`,
    );

    expect(await recorded()).toEqual(RECORDED.slice(0, 1));
  });

  test('is not for a function where a table that it names has many rows', async () => {
    await application.provision();
    await addWebsites();
    await expect(application.provision({ further }, { rowLimit: 1 })).rejects.toThrow(
      /^Table umami.website has more than 1 rows, .* deploy again: npx umami-db provision .* --migrations <folder>/,
    );

    expect(await application.provision({ further }, { rowLimit: 2 })).toMatchObject({ present: 28 });
  });

  test.each([
    ['that Umami owns', { tablesOwner: 'umami' } as const, undefined],
    ['that a container made', { adopt: true }, { version: '3.4', madeBy: 'administrator' } as const],
    [
      'that a container made, and that lost its ledger',
      { adopt: true },
      { version: '3.4', ledger: false, madeBy: 'administrator' } as const,
    ],
  ])('is made of tables %s', async (_, target, container) => {
    const role = container && (await migrateByContainer(application, container));
    expect(await application.provision({ ...target, further })).toMatchObject({ present: 28 });

    const owners = await application.query(`select distinct relowner::regrole::text as owner from pg_class
      where relnamespace = 'umami'::regnamespace and relkind = 'r'`);
    const { databaseRole } = application.target;
    expect(owners).toEqual([{ owner: container ? application.administrator.user : databaseRole }]);
    expect(await recorded()).toEqual(RECORDED);
    expect(await startContainer(application, undefined, FILES_OF_36)).toEqual([]);
    if (role) expect(await startContainer(application, role)).toEqual([]);
  });

  test('is repaired when its own container failed in part', async () => {
    await application.provision({ tablesOwner: 'umami', further: further.slice(0, 1) });
    await application.query(
      `insert into umami._prisma_migrations (id, checksum, migration_name) values ('failed', '${further[1]?.checksum}', '${SECOND}')`,
    );
    await expect(application.provision({ tablesOwner: 'umami', further })).rejects.toThrow(
      `Migration ${SECOND} began in schema umami`,
    );

    expect(await application.provision({ tablesOwner: 'umami', repair: true, further })).toMatchObject({
      applied: [SECOND],
    });
    expect(await startContainer(application, undefined, FILES_OF_36)).toEqual([]);
  });
});

describe('nothing is changed by a release', () => {
  test.each([
    [
      'that fails',
      'CREATE TABLE a (b int);\nALTER TABLE website ADD COLUMN name int;',
      'line 2 of its migration.sql fails. PostgreSQL refuses (42701): column "name" of relation "website" already exists.',
    ],
    [
      'that uses a table of the application',
      `UPDATE website SET name = ''\nFROM session, app.orders app WHERE app.id = 1;`,
      'line 1 of its migration.sql uses app.orders, which is not a table of Umami.',
    ],
  ])('%s', async (_, sql, reason) => {
    await application.provision();
    const { user } = application.administrator;
    await application.query(`grant usage on schema app to ${user}; grant select on app.orders to ${user}`);
    const before = await stateOf(application);
    const folder = folderWith({ ...UMAMI_36, '29_wrong': sql });

    await expect(application.provision({ further: folder })).rejects.toThrow(
      `Migration 29_wrong was tried in a scratch schema, and nothing was changed: ${reason}`,
    );
    expect(await stateOf(application)).toEqual(before);
  });

  test('that another build of Umami has under the same name', async () => {
    await application.provision({ further });
    const other = folderWith({ ...UMAMI_36, [FIRST]: 'CREATE TABLE a (b int);' });

    await expect(application.provision({ further: other })).rejects.toThrow(
      `has another ${FIRST} than \`migrations\`: SHA-256 ${sha256(UMAMI_36[FIRST] ?? '')}`,
    );
  });
});

test('what an event trigger of the application writes is not taken for a use of its tables by a migration', async () => {
  await application.query(`create function app.note() returns event_trigger language plpgsql security definer as
    $$ begin insert into app.orders values (2, tg_tag); end $$;
    create event trigger note_${application.target.databaseRole} on ddl_command_end execute function app.note()`);
  expect(await application.provision({ further })).toMatchObject({ present: 28 });
});

test('a view on a column that a migration drops is found first', async () => {
  await application.provision();
  await application.query('create view app.websites as select name from umami.website');
  const folder = folderWith({ '27_drop': 'ALTER TABLE "website" DROP COLUMN "name";' });
  await expect(application.provision({ further: folder })).rejects.toThrow(
    'view app.websites reads umami.website.name, which 27_drop drops',
  );
});
