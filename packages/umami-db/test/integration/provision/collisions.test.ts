import type { Client } from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { rollback } from '../../../runtime/provision/rollback';
import { eachApplication, PASSWORD } from '../application';
import { isTestAll } from '../tested-releases';

const application = eachApplication();
/** The application's own administration, on the same database. */
let other: Client;
let role: string;
let grant: string;

beforeEach(async () => {
  const { databaseRole, database } = application.target;
  role = databaseRole.replace('umami', 'worker');
  grant = `grant connect on database ${database} to ${role}`;
  await application.query(`create role ${role} login`);
  other = await application.administer();
});

/** Sessions that wait for somebody's transaction. */
const waiting = async () => {
  const sql = `select count(*)::int as sessions from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query ilike '%on database%'`;
  return (await application.query<{ sessions: number }>(sql))[0]?.sessions;
};

const removed = async () => {
  const client = await application.administer();
  return rollback(client, application.target, { connectTo: () => Promise.reject(new Error('there is no other one')) });
};

test('PostgreSQL fails a grant that meets another one', async () => {
  await other.query(`begin; ${grant}`);
  const second = (await application.administer()).query(grant);
  const failure = expect(second).rejects.toMatchObject({ code: 'XX000', message: 'tuple concurrently updated' });
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
  await other.query('commit');

  await failure;
});

test('a provisioning that meets one tries again', async () => {
  await other.query(`begin; ${grant}`);
  const provisioned = application.provision();
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
  await other.query('commit');

  expect(await provisioned).toMatchObject({ present: 26 });
  await expect(application.signIn(application.target.databaseRole, PASSWORD)).resolves.toBeDefined();
  const [kept] = await application.query(`select has_database_privilege($1, current_database(), 'connect') as may`, [
    role,
  ]);
  expect(kept).toEqual({ may: true });
});

test('a rollback that meets one tries again', async () => {
  await application.provision();
  await other.query(`begin; ${grant}`);
  const report = removed();
  const waits = `select count(*)::int as sessions from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query ilike 'drop owned%'`;
  await expect.poll(() => application.query(waits), { timeout: 20_000 }).toEqual([{ sessions: 1 }]);
  await other.query('commit');

  expect((await report).removed).toContain(`database role ${application.target.databaseRole}`);
});

test('both go on while an application grants and revokes without a pause', async () => {
  let running = true;
  const sessions = await Promise.all([1, 2, 3].map(() => application.administer()));
  const granting = sessions.map(async (session) => {
    let grants = 0;
    for (; running; grants += 1) {
      // They collide with each other as well; what they do about it is theirs.
      await session.query(grant).catch(() => {});
      await session.query(grant.replace('grant', 'revoke').replace(' to ', ' from ')).catch(() => {});
    }
    return grants;
  });
  try {
    for (let run = 0; run < (isTestAll ? 5 : 2); run += 1) {
      expect(await application.provision()).toMatchObject({ present: 26 });
      expect((await removed()).removed).toContain('schema umami');
    }
  } finally {
    running = false;
  }
  for (const grants of await Promise.all(granting)) expect(grants).toBeGreaterThan(10);
});

test('what never ends is given up, with what PostgreSQL says', async () => {
  await application.query(`
    create function collide() returns event_trigger language plpgsql as
      $$ begin raise exception using errcode = 'XX000', message = 'tuple concurrently updated'; end $$;
    create event trigger collide on ddl_command_start when tag in ('CREATE SCHEMA') execute function collide()`);

  await expect(application.provision()).rejects.toThrow('tuple concurrently updated');
  await application.query('drop event trigger collide');
});
