import { afterAll, beforeAll, expect, test } from 'vitest';
import { attemptInWords } from '../../../runtime/cli/words';
import { databases } from '../../../runtime/isolation/families/databases';
import type { Family } from '../../../runtime/isolation/families/family';
import { type IsolationReport, verifyIsolation } from '../../../runtime/isolation/verify-isolation';
import { type Fortress, makeFortress } from './fortress';

let fortress: Fortress;
let report: IsolationReport;

/** What an attempt could change, if it were not harmless. */
const state = async () =>
  JSON.stringify([
    await fortress.run('select oid, relname, relfilenode, relacl::text, relowner from pg_class order by 1'),
    await fortress.run('select oid, xmin, * from pg_authid order by 1'),
    await fortress.run('select oid, * from pg_database order by 1'),
    await fortress.run('select * from pg_db_role_setting order by 1, 2'),
    await fortress.run(
      'select oid from pg_namespace union all select oid from pg_proc union all select oid from pg_type order by 1',
    ),
    await fortress.run('select oid, * from pg_largeobject_metadata order by 1'),
    await fortress.run('select slot_name from pg_replication_slots'),
    await fortress.run('select id, card, xmin from app.orders'),
    await fortress.run('select last_value, is_called from app.numbers'),
    await fortress.run('select name, setting from pg_file_settings order by 1'),
  ]);

beforeAll(async () => {
  fortress = await makeFortress('17');
  const before = await state();
  report = await fortress.verify();
  expect(await state()).toBe(before);
  await fortress.run('alter role umami_user superuser');
  await fortress.signInAgain();
  const changed = await state();
  await fortress.verify();
  // Not even as a superuser, to whom all of it is allowed.
  expect(await state()).toBe(changed);
  await fortress.run('alter role umami_user nosuperuser');
});

afterAll(() => fortress.close());

test('112 different attempts are made, as the documentation says, and each is refused with its SQLSTATE, allowed, or said not to have been tried', () => {
  expect(new Set(report.attempts.map(({ attempt }) => attempt)).size).toBe(112);
  for (const { outcome, sqlstate, reason } of report.attempts) {
    if (sqlstate && outcome === 'blocked') expect(sqlstate).toBe('42501');
    if (outcome === 'not tried') expect(reason).toBe('there is none');
  }
});

test('on a server as PostgreSQL makes it, only what PUBLIC has is allowed: the role is isolated', () => {
  const allowed = report.attempts.filter(({ outcome, everybody }) => outcome === 'allowed' && !everybody);

  expect(report.isolated).toBe(true);
  expect(allowed.map(({ attempt, object, because }) => [attempt, object, because.map(({ close }) => close)])).toEqual([
    ['make a temporary table', 'database application', ['revoke temporary on database application from public']],
    ['make a temporary function', 'database application', ['revoke temporary on database application from public']],
    ['sign in to another database', 'database postgres', ['revoke connect on database postgres from public']],
    ['sign in to another database', 'database template1', ['revoke connect on database template1 from public']],
  ]);
});

test('what every role may do says why, and what bounds the harm', () => {
  const said = report.attempts.filter(({ everybody }) => everybody);

  expect(said.map(({ attempt }) => attempt)).toEqual([
    'make a large object',
    'change its own password',
    'change its own settings',
    'see that other sessions are there',
    'take an advisory lock',
    'notify listeners of any channel',
    'listen to what the application notifies',
    'read names and structure of what others own',
  ]);
});

test('a right of the role itself means that it is not isolated', async () => {
  await fortress.run('grant usage on schema app to umami_user; grant select on app.orders to umami_user');
  const { isolated } = await fortress.verify();
  await fortress.run('revoke usage on schema app from umami_user; revoke select on app.orders from umami_user');

  expect(isolated).toBe(false);
});

test('a table that the application has locked keeps no attempt waiting, and is not called blocked', async () => {
  await fortress.run('grant usage on schema app to public');
  await fortress.run('begin; lock table app.orders in access exclusive mode');
  const start = performance.now();
  const { unexpected, isolated } = await fortress.verify();
  await fortress.run('rollback; revoke usage on schema app from public');

  const locked = unexpected.find(({ attempt }) => attempt === 'delete rows of a table');
  expect([isolated, locked && attemptInWords(locked)]).toEqual([
    true,
    'not tried: delete rows of a table, table app.orders: canceling statement due to lock timeout (SQLSTATE 55P03)',
  ]);
  expect(performance.now() - start).toBeLessThan(30_000);
});

test('a database that is made after the catalog was asked is no fault: what nothing explains is asked and tried again', async () => {
  const first: Family = {
    name: 'first',
    why: '',
    safe: '',
    attempts: [
      { name: 'make a database meanwhile', signIn: true, sql: 'application', everybody: 'so that it is no fault' },
    ],
  };
  let made = false;
  const signIn = async (database: string) => {
    if (!made) await fortress.run('create database meanwhile');
    made = true;
    await fortress.signIn(database);
  };
  const { isolated, unexpected, attempts } = await verifyIsolation(fortress.role(), fortress.target, signIn, [
    first,
    databases(),
  ]);

  expect([isolated, unexpected]).toEqual([true, []]);
  expect(attempts.find(({ object }) => object === 'database meanwhile')).toMatchObject({
    outcome: 'allowed',
    because: [{ object: 'database meanwhile', via: 'PUBLIC' }],
  });
});

test('what stays allowed without an explanation is named', async () => {
  await fortress.run('grant select on app.orders to umami_user');
  const { isolated, unexpected } = await fortress.verify();
  await fortress.run('revoke select on app.orders from umami_user');

  expect(isolated).toBe(false);
  expect(unexpected.map(attemptInWords)).toEqual([
    "allowed: read the planner's samples of a table, table app.orders: no grant and no attribute of the database role explains it",
  ]);
});
