import { readFileSync } from 'node:fs';
import { startPostgres } from '@user-metrics/postgres-server';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import type { Baseline } from '../../../runtime/baseline/baseline';
import { captureBaseline } from '../../../runtime/baseline/capture';
import { eachApplication } from '../application';
import { superuser } from '../server';

const application = eachApplication();

/** A window of three intervals, in each of which something happens instead of time. */
async function capture(during: () => Promise<unknown> = async () => {}, client?: Client): Promise<Baseline> {
  return captureBaseline(client ?? (await application.administer()), {
    umami: application.target,
    seconds: 30,
    samples: 3,
    wait: during,
  });
}

/** Samples of a figure; undefined where there is none. */
function samplesOf({ figures }: Baseline, name: string, of: string): readonly number[] | undefined {
  return figures.find((figure) => figure.name === name && figure.of === of)?.samples;
}

const monitor = () => application.query(`grant pg_monitor to ${application.administrator.user}`);

/** Does something in a session of its own: PostgreSQL counts it when the session ends, if not before. */
async function inSession(sql: string): Promise<void> {
  const client = new Client(superuser(application.target.database));
  await client.connect();
  await client.query(sql);
  await client.end();
}

test('reads and writes of Umami are told from those of the application', async () => {
  await application.query('create schema umami; create table umami.website (id int)');
  const baseline = await capture(() =>
    inSession('insert into umami.website select generate_series(1, 500); select count(*) from app.orders'),
  );
  const written = samplesOf(baseline, 'rows written to tables', 'umami') ?? [];

  expect(baseline).toMatchObject({
    format: 1,
    identity: { database: application.target.database, isStandby: false, aurora: null, hasUmami: true },
  });
  expect(Math.max(...written)).toBeGreaterThan(0);
  expect(samplesOf(baseline, 'rows written to tables', 'others')).toEqual([0, 0, 0]);
  expect(Math.max(...(samplesOf(baseline, 'commits', 'cluster') ?? []))).toBeGreaterThan(0);
  expect(samplesOf(baseline, 'select 1, p50', 'cluster')?.every((milliseconds) => milliseconds > 0)).toBe(true);
  expect(samplesOf(baseline, 'connections of max_connections', 'cluster')?.every((share) => share >= 1)).toBe(true);
});

test('without pg_monitor the rest is read, and the grant that is missing is told', async () => {
  const { user } = application.administrator;
  const denied = await capture();
  await monitor();
  const granted = await capture();
  const grant = {
    what: 'states and wait events of the sessions of others',
    state: 'unknown',
    reason: `Database role ${user} is not a member of pg_monitor.`,
    fix: `grant pg_monitor to "${user}"`,
  };

  expect(denied.notRead).toContainEqual(grant);
  expect(granted.notRead).not.toContainEqual(grant);
  expect(samplesOf(denied, 'connections', 'others')).toBeDefined();
  expect(samplesOf(denied, 'idle sessions', 'others')).toBeUndefined();
  expect(samplesOf(granted, 'idle sessions', 'others')).toBeDefined();
});

test('a lock of Umami that a session waits for is seen, and nothing is waited for', async () => {
  await monitor();
  const { databaseRole } = application.target;
  await application.query(`create role ${databaseRole} login password 'x'; grant all on schema app to ${databaseRole};
    grant all on all tables in schema app to ${databaseRole}`);
  const umami = await application.signIn(databaseRole, 'x');
  await umami.query('begin; lock table app.orders in access exclusive mode');
  const waiting = inSession('select * from app.orders');
  await expect
    .poll(() => application.query(`select from pg_locks where not granted and relation = 'app.orders'::regclass`))
    .toHaveLength(1);
  const baseline = await capture();
  await umami.query('rollback');
  await waiting;

  expect(samplesOf(baseline, 'sessions waiting for a lock that Umami holds', 'others')).toEqual([1, 1, 1, 1]);
  expect(samplesOf(baseline, 'active sessions waiting on Lock:relation', 'others')).toEqual([1, 1, 1, 1]);
  expect(samplesOf(baseline, 'sessions idle in a transaction', 'umami')).toEqual([1, 1, 1, 1]);
});

test('a reset within the window costs the samples of that interval alone', async () => {
  let interval = 0;
  const baseline = await capture(async () => {
    interval += 1;
    if (interval === 2) await application.query('select pg_stat_reset()');
  });

  expect(samplesOf(baseline, 'commits', 'cluster')).toHaveLength(2);
  expect(baseline.notRead).toContainEqual({
    what: 'pg_stat_database, some intervals',
    state: 'unknown',
    reason: 'Counters went down, or were reset, in 1 of the intervals: these have no sample.',
  });
  expect(baseline.identity.statsReset['pg_stat_database']).toMatch(/^\d{4}-/);
});

test('a window that is ended early is a baseline of what was measured until then', async () => {
  const ended = new AbortController();
  const baseline = await captureBaseline(await application.administer(), {
    umami: application.target,
    signal: ended.signal,
    wait: async () => ended.abort(),
  });

  expect(samplesOf(baseline, 'connections', 'others')).toHaveLength(1);
  expect(samplesOf(baseline, 'size of the database', 'cluster')).toHaveLength(1);
  expect(samplesOf(baseline, 'commits', 'cluster')).toBeUndefined();
});

/** Puts functions and views before those of PostgreSQL, for the administrator. */
async function shadow(sql: string): Promise<void> {
  const { user } = application.administrator;
  await application.query(`create schema shadow; ${sql}; grant usage on schema shadow to ${user};
    grant select on all tables in schema shadow to ${user}; alter role ${user} set search_path = shadow, pg_catalog`);
}

test('a reader, Aurora without pg_stat_wal, and a clock that jumps are told', async () => {
  await shadow(`
    create function shadow.clock_timestamp() returns timestamptz language sql
      as $$ select now() + coalesce(nullif(current_setting('shadow.jump', true), ''), '0')::interval $$;
    create function shadow.pg_is_in_recovery() returns boolean language sql as 'select true';
    create function shadow.aurora_version() returns text language sql as $$ select '17.4.2' $$;
    create function shadow.wal() returns setof pg_stat_wal language plpgsql as $$ begin
      raise feature_not_supported using message = 'Function pg_stat_get_wal() is currently not supported for Aurora'; end $$;
    create view shadow.pg_stat_wal as select * from shadow.wal()`);
  const client = await application.administer();
  const { identity, notRead } = await capture(() => client.query(`set shadow.jump = '1 hour'`), client);

  expect(identity).toMatchObject({ isStandby: true, aurora: '17.4.2' });
  expect(notRead).toContainEqual({
    what: 'pg_stat_wal',
    state: 'not applicable',
    reason: 'Function pg_stat_get_wal() is currently not supported for Aurora.',
  });
  expect(notRead).toContainEqual(
    expect.objectContaining({ what: 'dead rows, last VACUUM and ANALYZE', state: 'not applicable' }),
  );
  expect(notRead).toContainEqual(
    expect.objectContaining({
      what: 'ages of transactions, VACUUM and ANALYZE',
      reason: expect.stringMatching(/^The clock of the server jumped by 3[56]\d\d\.\d seconds/),
    }),
  );
});

test('nothing is reset, written or locked, and the session is as before', async () => {
  await monitor();
  const client = await application.administer();
  await client.query(`set statement_timeout = '7s'; set lock_timeout = '8s'`);
  const resets = () => application.query('select datname, stats_reset from pg_stat_database order by 1');
  const before = await resets();
  const locks: unknown[] = [];
  const failures: string[] = [];
  await capture(async () => {
    locks.push(...(await application.query(`select mode from pg_locks where pid = ${pidOf(client)}`)));
    await client.query('create table app.of_the_baseline ()').catch(({ message }) => failures.push(message));
  }, client);
  const { rows } = await client.query(`select current_setting('statement_timeout') as statement,
    current_setting('lock_timeout') as lock, current_setting('default_transaction_read_only') as "readOnly"`);

  expect(rows).toEqual([{ statement: '7s', lock: '8s', readOnly: 'off' }]);
  expect(await resets()).toEqual(before);
  expect(locks).toEqual([]);
  expect(failures).toEqual(Array(3).fill('cannot execute CREATE TABLE in a read-only transaction'));
});

function pidOf(client: Client): number {
  return (client as unknown as { processID: number }).processID;
}

test('statements are known by their query id, never by their text; the measurement takes less than 1 % of a CPU', async () => {
  const server = await startPostgres({ settings: { shared_preload_libraries: 'pg_stat_statements' } });
  const client = new Client({
    ...server.superuser,
    host: 'localhost',
    port: server.port,
    database: 'postgres',
    ssl: { ca: server.caCertificate },
  });
  await client.connect();
  await client.query('create schema monitoring; create extension pg_stat_statements schema monitoring');
  await client.query(
    `do $$ begin for i in 1..300 loop execute format('select %s as of_a_customer_%s', i, i); end loop; end $$`,
  );
  const umami = { schema: 'umami', databaseRole: 'umami_user' };
  const { rows: texts } = await client.query("select from monitoring.pg_stat_statements where query ~ 'of_a_customer'");
  const before = cpuOf(pidOf(client));
  const baseline = await captureBaseline(client, { umami, samples: 20, wait: async () => {} });
  const used = cpuOf(pidOf(client)) - before;
  await client.end();
  await server.stop();

  const means = baseline.figures.filter(({ name }) => /^mean time of statements with query id -?\d+$/.test(name));
  expect(texts.length).toBeGreaterThan(0);
  expect(means.length).toBeGreaterThan(3);
  expect(JSON.stringify(baseline)).not.toMatch(/of_a_customer/);
  // Of the 60 seconds that the window has by default, in milliseconds.
  expect(used).toBeLessThan(600);
});

/** CPU time of a process in milliseconds, user and system. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
