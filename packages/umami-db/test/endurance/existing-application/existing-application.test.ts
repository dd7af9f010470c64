import { type PostgresServer, type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../../runtime/connection/connect';
import { provision } from '../../../runtime/provision/provision';
import { rollback } from '../../../runtime/provision/rollback';
import { DEFAULT_LIMITS, type Target } from '../../../runtime/target/target';
import { DIFFERING_RELEASES } from '../../integration/tested-releases';
import { LOGS_LOCK_WAITS, loggedWaits, watchLockWaits } from './lock-waits';
import { surroundings } from './surroundings';
import { APPLICATION, startWorkload } from './workload';

/** Longest wait of the application for a lock of ours, in milliseconds. */
const LONGEST_WAIT = 100;

/** Statements of the application before, between and after. */
const STATEMENTS = 300;

let server: PostgresServer;
let clients: Client[] = [];

afterEach(async () => {
  await Promise.all(clients.map((client) => client.end()));
  clients = [];
  await server.stop();
});

async function signIn(user: string, password: string, application_name: string): Promise<Client> {
  const { host, port, caCertificate } = server;
  const options = { host, port, ssl: { ca: caCertificate }, database: 'application', user, password, application_name };
  const client = new Client(options);
  await client.connect();
  clients.push(client);
  return client;
}

const superuser = () => signIn(server.superuser.user, server.superuser.password, 'watcher');

async function start(version: PostgresVersion): Promise<void> {
  server = await startPostgres({ version, settings: { ...LOGS_LOCK_WAITS, max_connections: '60' } });
  const { host, port, caCertificate: ca, superuser: root } = server;
  const first = new Client({ host, port, ssl: { ca }, database: 'postgres', ...root });
  await first.connect();
  await first.query(
    `create role administrator login createrole password 'x'; create role application login createrole password 'x'`,
  );
  await first.query('create database application owner administrator');
  await first.end();
  await (await superuser()).query('grant create on database application to application');
  await (await signIn('application', 'x', 'application')).query(APPLICATION);
}

/** A connection of the administrator, as every entry point opens it. */
async function administrator(): Promise<Client> {
  const { host, port, caCertificate: certificateAuthority } = server;
  const options = { host, port, certificateAuthority, database: 'application', user: 'administrator', password: 'x' };
  const client = await connect(options);
  clients.push(client);
  return client;
}

function stage(number: number): Target {
  const name = `umami_${number}`;
  const owner = { name: `Stack/${number}`, id: name };
  return { database: 'application', schema: name, databaseRole: name, owner, limits: DEFAULT_LIMITS };
}

async function provisionStage(number: number, changes: Partial<Target> = {}, canSignIn = true) {
  const input = { password: 'x', canSignIn: async () => canSignIn };
  return await provision(await administrator(), { ...stage(number), ...changes }, input);
}

/** An Umami of before with data, which nothing but its own ledger tells of. */
async function migratedByItself(number: number): Promise<void> {
  await provisionStage(number, { umamiVersion: '2.10' });
  await (await administrator()).query(
    `drop schema umami_${number}_migrations cascade; comment on schema umami_${number} is null;
     insert into umami_${number}.website_event (event_id, website_id, session_id, url_path)
     select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '/' from generate_series(1, 50000)`,
  );
}

/** What the application and everything of its own bore while something was done. */
async function underWorkload(action: () => Promise<unknown>) {
  const root = await superuser();
  const before = await surroundings(root);
  const workload = await startWorkload(() => signIn('application', 'x', 'application'));
  await workload.more(STATEMENTS);
  const watch = watchLockWaits(await superuser());
  await action();
  await workload.more(STATEMENTS);
  const longestWait = await watch.stop();
  const borne = await workload.stop();
  const after = await surroundings(root);
  const { rows } = await root.query<{ events: number }>('select count(*)::int as events from app.events');
  const lost = borne.added - (rows[0]?.events ?? 0);
  return {
    ...borne,
    lost,
    before,
    after,
    longestWait,
    logged: loggedWaits(server.log(), watch.ours),
    ours: watch.ours.size,
  };
}

describe('while an application works', () => {
  test.each(DIFFERING_RELEASES)('provisioning disturbs nobody on PostgreSQL %s', async (version) => {
    await start(version);
    const found = await underWorkload(async () => {
      for (let stage = 1; stage <= 3; stage += 1) await provisionStage(stage);
      // And once more, with nothing to do.
      for (let stage = 1; stage <= 3; stage += 1) await provisionStage(stage);
    });

    expect(found.ours).toBe(6);
    expectUndisturbed(found);
    expect(found.after).toEqual(found.before);
  });

  test.each(DIFFERING_RELEASES)(
    'adoption, a new password and removal disturb nobody on PostgreSQL %s',
    async (version) => {
      await start(version);
      await migratedByItself(1);
      const done: unknown[] = [];
      const found = await underWorkload(async () => {
        const { applied } = await provisionStage(1, { adopt: true });
        done.push(applied.length > 0);
        await provisionStage(1, { adopt: true }, false);
        const { removed } = await rollback(await administrator(), stage(1), { connectTo: administrator });
        done.push(...removed);
      });

      expect(done).toEqual([true, 'schema umami_1', 'schema umami_1_migrations', 'database role umami_1']);
      expectUndisturbed(found);
      expect(found.after).toEqual(found.before);
    },
  );
});

function expectUndisturbed(found: Awaited<ReturnType<typeof underWorkload>>): void {
  expect(found.errors).toEqual([]);
  expect(found.statements).toBeGreaterThan(2 * STATEMENTS);
  expect(found.longestWait).toBeLessThan(LONGEST_WAIT);
  expect(found.logged).toEqual([]);
  expect(found.lost).toBe(0);
}

describe('it is noticed', () => {
  const ours = () => signIn(server.superuser.user, server.superuser.password, 'user-metrics');

  test('when the application waits for a lock of ours, by looking and by the log of the server', async () => {
    await start('17');
    const found = await underWorkload(async () => {
      const client = await ours();
      await client.query('begin; lock table app.accounts in share mode; select pg_sleep(0.4); rollback');
    });

    expect(found.longestWait).toBeGreaterThan(LONGEST_WAIT);
    expect(found.logged.length).toBeGreaterThan(0);
    expect(found.errors).toEqual([]);
  });

  test('when a statement of the application fails, or a row of it is lost', async () => {
    await start('17');
    const found = await underWorkload(async () => {
      const client = await ours();
      await client.query('delete from app.events; revoke usage on schema billing from application');
    });

    expect(found.errors).toContain('permission denied for schema billing');
    expect(found.lost).toBeGreaterThan(0);
    expect(found.after).not.toEqual(found.before);
  });

  test('when anything around changes', async () => {
    await start('17');
    const root = await superuser();
    for (const [kind, change] of [
      ['schemas', 'grant usage on schema app to public'],
      ['relations', 'grant select on billing.invoices to public'],
      ['relations', 'vacuum full billing.invoices'],
      ['columns', 'alter table billing.invoices alter sent set default true'],
      ['constraints', 'alter table billing.invoices add check (total > 0)'],
      ['functions', 'alter function billing.sum() security definer'],
      [
        'triggers',
        'create trigger t before update on billing.invoices for each row execute function suppress_redundant_updates_trigger()',
      ],
      ['defaults', 'alter default privileges in schema billing grant select on tables to public'],
      ['extensions', 'create extension pgcrypto'],
      ['roles', 'alter role application connection limit 5'],
      ['members', 'grant pg_monitor to application'],
      ['settings', 'alter role application set work_mem = 64'],
      ['settings', 'alter database application set work_mem = 64'],
      ['databases', 'revoke temporary on database application from public'],
      ['server', 'set work_mem = 128'],
      ['rows', 'delete from billing.invoices where id = 1'],
      ['rows', 'update billing.invoices set total = 1 where id = 2'],
    ] as const) {
      const before = await surroundings(root);
      await root.query(change);
      expect((await surroundings(root))[kind], change).not.toEqual(before[kind]);
    }
  });
});
