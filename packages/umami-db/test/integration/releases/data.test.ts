import { describe, expect, test } from 'vitest';
import { migrationsOf } from '../../../runtime/migrations/releases';
import { provision } from '../../../runtime/provision/provision';
import { makeApplication, PASSWORD } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { serverOf } from '../server';
import { stateOf } from '../state';
import { isTestAll } from '../tested-releases';
import { id, type Row } from '../umami-schema';
import { onDifferingReleases, onEveryRelease } from './on-every-release';
import { dataOf, fillUmami29 } from './umami-2.9';

/** Some columns of all rows, in the order of their text. */
const pick = (rows: Row[] = [], ...columns: string[]) => rows.map((row) => columns.map((column) => row[column])).sort();

describe('the data of an Umami 2.9', () => {
  onEveryRelease("is converted as Umami's own container converts it", async (application, version) => {
    const other = await makeApplication(serverOf(version));
    const container = await migrateByContainer(other, { version: '2.9' });
    await migrateByContainer(application, { version: '2.9', madeBy: 'administrator' });
    for (const each of [application, other]) await fillUmami29(each);
    const begun: string[] = [];
    await application.provision({ adopt: true }, { onMigration: (migration) => begun.push(migration) });
    await startContainer(other, container);

    const data = await dataOf(application);
    expect(data).toEqual(await dataOf(other));
    await other.close();
    // Each is told of when it begins, and again with each of its statements.
    expect([...new Set(begun)]).toEqual(
      migrationsOf()
        .slice(3)
        .map(({ name }) => name),
    );
    expect(begun.length).toBeGreaterThan(100);

    expect(data).not.toHaveProperty('team_website');
    expect(pick(data['website'], 'name', 'created_by', 'user_id')).toEqual([
      ['blog', null, null],
      ['kept', null, null],
      ['old', id(10), id(10)],
      ['shop', id(10), id(10)],
    ]);
    expect(pick(data['website_event'], 'event_id', 'visit_id', 'hostname')).toEqual([
      [id(100), id(100), 'shop.example'],
      [id(101), id(100), 'shop.example'],
      [id(102), id(102), 'shop.example'],
      [id(103), id(103), null],
      [id(104), id(100), null],
      [id(105), id(105), null],
    ]);
    expect(pick(data['share'], 'entity_id', 'slug')).toEqual([
      [id(1), 'slug of shop'],
      [id(3), 'slug of old'],
    ]);
    const steps = [
      { type: 'path', value: '/a' },
      { type: 'event', value: 'bought' },
    ];
    expect(pick(data['report'], 'name', 'type', 'parameters')).toEqual([
      ['Report 400', 'funnel', { window: 60, steps }],
      ['Report 402 - /a', 'goal', steps[0]],
      ['Report 402 - bought', 'goal', steps[1]],
      ['Report 403', 'retention', { websiteId: id(1), urls: ['/a'] }],
    ]);
  });

  onDifferingReleases('is not touched where time is short and there is much of it', async (application) => {
    await migrateByContainer(application, { version: '2.9', madeBy: 'administrator' });
    await fillUmami29(application);
    const before = [await stateOf(application), await dataOf(application)];

    await expect(application.provision({ adopt: true }, { rowLimit: 5 })).rejects.toThrow(
      /^Table umami.website_event has more than 5 rows, .* Run this first, and deploy again: npx umami-db provision .* --adopt$/,
    );
    expect([await stateOf(application), await dataOf(application)]).toEqual(before);
    expect(await application.provision({ adopt: true }, { rowLimit: 6 })).toMatchObject({ present: 26 });
  });
});

describe('a table in use', () => {
  const input = { password: PASSWORD, canSignIn: async () => true };

  onEveryRelease(
    'is tried for a bounded time, and others wait for half a second of it at most',
    async (application) => {
      await migrateByContainer(application, { version: '2.9', madeBy: 'administrator' });
      const { user, password } = application.administrator;
      await application.query(`grant usage on schema umami to ${user}; grant select on umami.website to ${user}`);
      const signIn = () => application.signIn(user, password);
      const [long, queued, client] = [await signIn(), await signIn(), await signIn()];
      await long.query('begin; select name from umami.website');
      const [{ pid } = { pid: 0 }] = (await long.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
      const target = { ...application.target, adopt: true };
      const provisioning = provision(client, target, { ...input, lockRetryTime: 1000 });
      const refused = expect(provisioning).rejects.toMatchObject({
        name: 'ProvisionError',
        message: expect.stringMatching(
          `^The step "migrations" got no lock on what it changes within 1 seconds: nothing of it was changed. Process ${pid} of user ${user} holds a lock on umami.website, and its query began at [-\\d]+ [:\\d]+ UTC; the transaction is still open. `,
        ),
      });
      const waiting = `select count(*)::int as locks from pg_locks
        where not granted and relation = 'umami.website'::regclass`;
      await expect.poll(() => application.query(waiting), { timeout: 30_000 }).toEqual([{ locks: 1 }]);
      // It comes behind the provisioning, though the transaction that holds the table would let it in.
      const behind = queued.query('select name from umami.website');

      await refused;
      expect((await behind).rows).toEqual([{ name: 'kept' }]);
      expect((await client.query('show lock_timeout')).rows).toEqual([{ lock_timeout: '0' }]);
      const rows = 'select count(*)::int as rows from umami._prisma_migrations';
      expect(await application.query(rows)).toEqual([{ rows: 3 }]);
      await long.query('commit');
      expect(await application.provision({ adopt: true })).toMatchObject({ present: 26 });
    },
  );

  const JOINS = [
    ['website_event', 'session'],
    ['session', 'website_event'],
  ];
  test.each(isTestAll ? JOINS : JOINS.slice(0, 1))(
    'by queries that join %s and %s deadlocks with none of them',
    async (first, second) => {
      const application = await makeApplication();
      const container = await migrateByContainer(application, { version: '2.9', madeBy: 'administrator' });
      await fillUmami29(application);
      const events = 'select from umami.website_event, generate_series(1, 100000)';
      let running = true;
      let queries = 0;
      const readers = Array.from({ length: 3 }, async () => {
        const client = await application.signIn(container.role, container.password);
        while (running) {
          await client.query(
            `select from umami.${first} join umami.${second} using (session_id) where exists (${events} offset 599999)`,
          );
          queries += 1;
        }
      });
      await expect.poll(() => queries, { timeout: 60_000 }).toBeGreaterThan(3);
      expect(await application.provision({ adopt: true })).toMatchObject({ present: 26 });
      running = false;

      await expect(Promise.all(readers)).resolves.toHaveLength(3);
      const statistics = `select pg_stat_get_db_deadlocks(oid)::int as deadlocks from pg_database where datname = current_database()`;
      expect(await application.query(statistics)).toEqual([{ deadlocks: 0 }]);
      const analyzed = `select count(*)::int from pg_stats where schemaname = 'umami' and (tablename, attname) in
      (('website_event', 'visit_id'), ('session', 'region'), ('report', 'parameters'))`;
      expect(await application.query(analyzed)).toEqual([{ count: 3 }]);
      await application.close();
    },
  );
});
