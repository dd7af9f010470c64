import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PurgeInput, type PurgeReport, purge } from '../../../runtime/purge/purge';
import { type Application, makeApplication, PASSWORD } from '../application';
import { fillUmami29 } from '../releases/umami-2.9';
import { id } from '../umami-schema';
import { BLOG, insert, insertOldEvents, LIMIT, left, NOW, OLD, SHOP } from './data';

const EMPTY = `truncate ${['website_event', 'event_data', 'revenue', 'session', 'session_data', 'session_link', 'session_replay', 'session_replay_saved', 'heatmap_event', 'website', 'segment'].map((table) => `umami.${table}`)}`;

const MONTH = { replays: '1 month', events: '1 month', sessions: '1 month' };

let application: Application;
let umami: Client;

async function provision(umamiVersion?: string): Promise<void> {
  application = await makeApplication();
  await application.provision(umamiVersion === undefined ? {} : { umamiVersion });
}

async function signIn(): Promise<void> {
  umami = await application.signIn(application.target.databaseRole, PASSWORD);
}

function run(differing: Partial<PurgeInput> = {}, client = umami): Promise<PurgeReport> {
  const own = { schema: 'umami', owner: application.target.owner.name, retention: MONTH, now: NOW };
  return purge(client, { ...own, pause: async () => {}, ...differing });
}

function rowsOf({ tables }: PurgeReport): Record<string, number> {
  return Object.fromEntries(tables.filter(({ rows }) => rows > 0).map(({ table, rows }) => [table, rows]));
}

describe('of an Umami 3.4', () => {
  beforeAll(() => provision());

  beforeEach(signIn);

  afterEach(() => application.query(EMPTY));

  afterAll(() => application.close());

  test('what is older than the limit is deleted, by the calendar of UTC, and what is as old as the limit stays', async () => {
    await umami.query(`set timezone = 'Pacific/Auckland'`);
    const event = (number: number, created_at: string | null, website_id = SHOP) => ({
      ...{ event_id: id(number), session_id: id(9), website_id, created_at },
    });
    await insert(
      application,
      'website_event',
      ...[event(1, OLD), event(2, LIMIT), event(3, '2026-03-01T00:59:59+13:00'), event(4, '2026-03-01T01:00:00+13:00')],
      ...[event(5, OLD, BLOG), event(6, NOW, BLOG), event(7, null)],
    );
    const { tables, complete } = await run();

    expect(complete).toBe(true);
    expect(await left(application, 'website_event', 'event_id')).toEqual([2, 4, 6, 7]);
    expect(tables.find(({ table }) => table === 'website_event')).toMatchObject({
      ...{ group: 'events', before: '2026-02-28T12:00:00.000000Z', rows: 3 },
    });
  });

  test('a row stays while a row that is kept refers to it', async () => {
    const session = (number: number) => ({ session_id: id(number), created_at: OLD });
    await insert(application, 'session', ...[1, 2, 3, 4, 5, 6, 7].map(session));
    await insert(application, 'website_event', { event_id: id(11), session_id: id(1), created_at: NOW });
    await insert(
      application,
      'website_event',
      ...[12, 13, 14].map((number) => ({ event_id: id(number), session_id: id(2), created_at: OLD })),
    );
    await insert(
      application,
      'event_data',
      { event_data_id: id(21), website_event_id: id(12), created_at: LIMIT },
      { event_data_id: id(22), website_event_id: id(13), created_at: OLD },
    );
    await insert(
      application,
      'revenue',
      { revenue_id: id(31), event_id: id(14), session_id: id(2), created_at: NOW },
      { revenue_id: id(32), event_id: id(13), session_id: id(2), created_at: OLD },
    );
    await insert(application, 'session_data', { session_data_id: id(41), session_id: id(3), created_at: NOW });
    await insert(
      application,
      'session_link',
      { session_id: id(4), distinct_id: 'new', created_at: NOW },
      { session_id: id(5), distinct_id: 'old', created_at: OLD },
    );
    await insert(
      application,
      'heatmap_event',
      { heatmap_event_id: id(51), session_id: id(6), created_at: NOW },
      { heatmap_event_id: id(52), session_id: id(7), created_at: OLD },
      { heatmap_event_id: id(53), session_id: id(7), created_at: OLD, website_id: BLOG },
    );
    const report = await run();

    expect(rowsOf(report)).toEqual({
      heatmap_event: 2,
      event_data: 1,
      revenue: 1,
      website_event: 1,
      session_link: 1,
      session: 2,
    });
    expect(await left(application, 'website_event', 'event_id')).toEqual([11, 12, 14]);
    expect(await left(application, 'session', 'session_id')).toEqual([1, 2, 3, 4, 6]);
  });

  test('replays that people saved are kept, until what saved them is to go and is old too', async () => {
    const chunk = (number: number, visit: number) => ({
      ...{ replay_id: id(number), session_id: id(9), visit_id: id(visit), chunk_index: number, created_at: OLD },
    });
    await insert(application, 'session', { session_id: id(9), created_at: OLD });
    await insert(application, 'session_replay', chunk(1, 1), chunk(2, 2), chunk(3, 3));
    await insert(
      application,
      'session_replay_saved',
      { saved_replay_id: id(1), visit_id: id(1), created_at: OLD },
      { saved_replay_id: id(2), visit_id: id(2), created_at: NOW },
    );

    expect(rowsOf(await run())).toEqual({ session_replay: 1 });
    expect(rowsOf(await run({ savedReplays: true }))).toEqual({ session_replay_saved: 1, session_replay: 1 });
    expect(await left(application, 'session_replay', 'replay_id')).toEqual([2]);
    expect(await left(application, 'session', 'session_id')).toEqual([9]);
  });

  test('a group that is not named is left alone, and so is everything that does not grow with traffic', async () => {
    const counts = async () =>
      (
        await application.query<{ name: string; rows: string }>(`
        select relname as name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from umami.%I', relname),
          false, true, '')))[1]::text as rows from pg_class where relnamespace = 'umami'::regnamespace and relkind = 'r'
        order by 1`)
      ).map(({ name, rows }) => [name, Number(rows)]);
    await insertOldEvents(application, 10);
    await insert(application, 'website', { name: 'shop', recorder_enabled: false, created_at: OLD });
    await insert(application, 'segment', {
      segment_id: id(1),
      type: 'segment',
      name: 'mine',
      parameters: {},
      created_at: OLD,
    });
    await insert(application, 'session_data', { session_data_id: id(1), session_id: id(1), created_at: OLD });
    const before = Object.fromEntries(await counts());
    await run({ retention: { events: '1 month' } });

    expect(Object.fromEntries(await counts())).toEqual({ ...before, website_event: 0 });
  });

  test('a dry run counts the rows and their bytes, and changes nothing', async () => {
    await insertOldEvents(application, 1_200);
    const state = () => application.query('select xmin, xmax, t.* from umami.website_event t order by event_id');
    const before = await state();
    const dry = await run({ dryRun: true });

    expect(rowsOf(dry)).toEqual({ website_event: 1_200, session: 1_200 });
    expect(await state()).toEqual(before);
    const done = await run();
    const bytes = ({ tables }: PurgeReport) => tables.map((table) => [table.table, table.bytes]);
    expect(bytes(done)).toEqual(bytes(dry));
    expect(bytes(done)).toContainEqual(['website_event', expect.any(Number)]);
    // Four ids of 16 bytes, and more.
    expect(done.tables.find(({ table }) => table === 'website_event')?.bytes).toBeGreaterThan(1_200 * 64);
  });

  test('a run that is cut off in the middle has deleted whole batches, and the next one continues', async () => {
    await insertOldEvents(application, 3_000);
    let batches = 0;
    const cut = run({
      pause: async () => {
        batches += 1;
        if (batches === 2)
          await application.query(
            `select pg_terminate_backend(${(umami as Client & { processID: number }).processID})`,
          );
      },
    });
    await expect(cut).rejects.toThrow();
    const rest = await left(application, 'website_event', 'event_id');

    expect(rest.length).toBeGreaterThan(0);
    expect(rest.length).toBeLessThan(3_000);
    const next = await application.signIn(application.target.databaseRole, PASSWORD);
    expect(rowsOf(await run({}, next))).toEqual({ website_event: rest.length, session: 3_000 });
    expect(await run({}, next)).toMatchObject({ complete: true });
  });

  test('a run ends at its time limit, and says that it has to be run again', async () => {
    await insertOldEvents(application, 3_000);

    expect(await run({ deadline: performance.now() })).toMatchObject({ complete: false });
    expect(await left(application, 'website_event', 'event_id')).toHaveLength(3_000);
  });

  test('a table that somebody has locked ends it in bounded time, with the process that holds the lock', async () => {
    await insertOldEvents(application, 10);
    const other = await application.administer();
    await other.query('begin; lock table umami.website_event in share mode');
    const { rows } = await other.query('select pg_backend_pid() as pid');
    const start = performance.now();

    await expect(run({ lockRetryTime: 600 })).rejects.toThrow(
      new RegExp(
        `^Rows of table umami.website_event could not be deleted: .* Process ${rows[0].pid} of user ${application.administrator.user} holds a lock on \\S*website_event`,
      ),
    );
    expect(performance.now() - start).toBeLessThan(30_000);
    await other.query('rollback');
    expect(rowsOf(await run())).toEqual({ website_event: 10, session: 10 });
  });

  test('a row that somebody has locked is not waited for', async () => {
    await insertOldEvents(application, 10);
    const other = await application.administer();
    await other.query(`begin; select from umami.website_event where event_id = md5('event 1')::uuid for update`);

    expect(rowsOf(await run({ lockRetryTime: 0 }))).toEqual({ website_event: 9, session: 9 });
    await other.query('rollback');
    expect(rowsOf(await run())).toEqual({ website_event: 1, session: 1 });
  });

  test('a session that gets an event while it is being deleted stays', async () => {
    await insertOldEvents(application, 10);
    await application.query('delete from umami.website_event');
    const query = umami.query.bind(umami) as (...args: unknown[]) => Promise<unknown>;
    let returned = 0;
    umami.query = (async (...args: unknown[]) => {
      const result = await query(...args);
      if (returned === 0 && /delete from "umami"."session" /.test(String(args[0]))) {
        returned += 1;
        await application.query(`insert into umami.website_event (event_id, website_id, session_id, visit_id, url_path)
          values ('${id(1)}', '${SHOP}', md5('session 3')::uuid, '${id(1)}', '/')`);
      }
      return result;
    }) as typeof umami.query;

    expect(rowsOf(await run())).toEqual({ session: 9 });
    expect(await application.query(`select from umami.session where session_id = md5('session 3')::uuid`)).toHaveLength(
      1,
    );
  });

  test('writers at the same time lose no row, and are in no deadlock with it', async () => {
    await insertOldEvents(application, 4_000);
    let running = true;
    let written = 0;
    const write = async (number: number) => {
      const client = await application.signIn(application.target.databaseRole, PASSWORD);
      while (running) {
        written += 1;
        const values = `md5('${number} ' || ${written})::uuid, '${SHOP}'`;
        await client.query(`insert into session (session_id, website_id) values (${values}) on conflict do nothing`);
        await client.query(`insert into website_event (session_id, website_id, event_id, visit_id, url_path)
          values (${values}, gen_random_uuid(), gen_random_uuid(), '/')`);
      }
    };
    const reset = async () => {
      const client = await application.signIn(application.target.databaseRole, PASSWORD);
      let deleted = 0;
      while (running) {
        const { rowCount } = await client.query(
          `delete from website_event where ctid in (select ctid from website_event where created_at < '${LIMIT}' order by created_at desc limit 50)`,
        );
        deleted += rowCount ?? 0;
      }
      return deleted;
    };
    const others = Promise.all([write(1), write(2), write(3), reset()]);
    const report = await run();
    running = false;
    const [, , , resetRows] = await others;

    expect((rowsOf(report)['website_event'] ?? 0) + resetRows).toBe(4_000);
    expect(await left(application, 'website_event', 'event_id')).toHaveLength(written);
    const [orphans] = await application.query(
      'select count(*)::int as orphans from umami.website_event where session_id not in (select session_id from umami.session)',
    );
    expect(orphans).toEqual({ orphans: 0 });
  });

  test('a schema of another owner, or that is none of Umami, is refused by name', async () => {
    await expect(run({ owner: 'umami-db' })).rejects.toThrow(
      "Schema umami belongs to Stack/test, not to umami-db. Nothing was deleted. If you mean it: --owner 'Stack/test'",
    );
    await expect(run({ schema: 'app' })).rejects.toThrow('Schema app has no ownership comment');
    await expect(run({ schema: 'nowhere' })).rejects.toThrow('Schema nowhere does not exist');
  });

  test.each([
    [
      `insert into umami._prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '27_add_errors', now())`,
      `delete from umami._prisma_migrations where id = 'x'`,
      'has migration 27_add_errors, which this version of umami-db does not know there',
    ],
    [
      `update umami._prisma_migrations set finished_at = null where migration_name = '26_add_api_key'`,
      `update umami._prisma_migrations set finished_at = now() where finished_at is null`,
      'has migration 26_add_api_key, which began and did not end',
    ],
    [
      `update umami._prisma_migrations set rolled_back_at = now() where migration_name = '20_add_heatmap'`,
      'update umami._prisma_migrations set rolled_back_at = null',
      'has migration 21_add_session_link, which',
    ],
    [
      'update umami._prisma_migrations set rolled_back_at = now()',
      'update umami._prisma_migrations set rolled_back_at = null',
      'has no migrations',
    ],
    [
      'alter table umami.website_event rename to pageview',
      'alter table umami.pageview rename to website_event',
      'has not the tables and the ledger of Umami 2.0 or later',
    ],
  ])('a schema that is no known release is refused and not changed: %s', async (change, undo, message) => {
    await insertOldEvents(application, 3);
    await application.query(change);

    await expect(run().finally(() => application.query(undo))).rejects.toThrow(`Schema umami ${message}`);
    expect(await left(application, 'session', 'session_id')).toHaveLength(3);
  });
});

describe('of an older Umami', () => {
  afterEach(() => application.close());

  test('2.9 has fewer tables', async () => {
    await provision('2.9');
    await signIn();
    await fillUmami29(application);

    expect(rowsOf(await run({ now: '2024-06-06T09:30:00Z' }))).toEqual({
      event_data: 3,
      website_event: 3,
      session_data: 1,
      session: 1,
    });
    expect(await left(application, 'website_event', 'event_id')).toEqual([101, 102, 104]);
    expect(rowsOf(await run())).toEqual({ website_event: 3, session: 1 });
  });

  test('2.0 has other columns', async () => {
    await provision('2.0');
    await signIn();
    await insert(application, 'website_event', { event_id: id(1), session_id: id(1), created_at: OLD });
    await application.query(`insert into umami.event_data (event_id, website_id, website_event_id, event_key, event_data_type, created_at)
      values ('${id(2)}', '${SHOP}', '${id(1)}', 'plan', 1, '${OLD}')`);

    expect(rowsOf(await run())).toEqual({ event_data: 1, website_event: 1 });
  });
});
