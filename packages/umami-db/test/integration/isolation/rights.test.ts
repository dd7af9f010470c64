import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findRights } from '../../../runtime/isolation/find-rights';
import type { Application } from '../application';
import { type Granted, makeGranted, SEEN } from './granted';

let application: Application;
let other: string;
let foundAfter: Granted['foundAfter'];

beforeAll(async () => {
  ({ application, other, foundAfter } = await makeGranted());
});

afterAll(() => application.close());

async function reachableAfter(sql: string): Promise<string[]> {
  return (await foundAfter(sql)).map(({ object, privileges, via }) => `${privileges} on ${object} by ${via}`);
}

// Grants of a test end with it.
beforeEach(() => application.query('begin'));
afterEach(() => application.query('rollback'));

describe('what is reachable', () => {
  test('is what PostgreSQL gives to everybody, in a database where nobody granted anything', async () => {
    const found = await findRights(await application.administer(), application.target);
    const { database } = application.target;

    expect(found.filter(({ family }) => family !== 'databases')).toMatchObject([
      { object: `database ${database}`, privileges: 'TEMPORARY', via: 'PUBLIC', fails: false },
    ]);
    expect(found.find(({ object }) => object === 'database template1')).toMatchObject({
      privileges: 'CONNECT',
      via: 'PUBLIC',
      close: 'revoke connect on database template1 from public',
      fails: false,
    });
  });

  test('is what everybody was granted, by name and privilege', async () => {
    expect(await reachableAfter(`${SEEN}; grant select, update on app.orders to public`)).toEqual([
      'SELECT, UPDATE on table app.orders by PUBLIC',
    ]);
  });

  test('is what the role itself was granted', async () => {
    const { databaseRole } = application.target;
    const grants = `grant usage on schema app to ${databaseRole}; grant delete on app.orders to ${databaseRole}`;

    expect(await reachableAfter(grants)).toEqual([`DELETE on table app.orders by ${databaseRole}`]);
  });

  test('is what a role was granted that the role is a member of, and the membership', async () => {
    const grants = `grant insert on app.orders to ${other}; grant ${other} to ${application.target.databaseRole}`;

    expect(await reachableAfter(`${SEEN}; ${grants}`)).toEqual([
      `MEMBERSHIP on membership in ${other} by ${other}`,
      `INSERT on table app.orders by ${other}`,
    ]);
  });

  test('is what a role was granted that is two memberships away, and not inherited', async () => {
    const { databaseRole } = application.target;
    const grants = `create role ${other}_group; grant insert on app.orders to ${other}_group; grant ${other}_group to ${other};
      alter role ${databaseRole} noinherit; grant ${other} to ${databaseRole}`;
    const found = await foundAfter(`${SEEN}; ${grants}`);

    expect(found.find(({ object }) => object === 'table app.orders')).toMatchObject({
      via: `${other}_group`,
      close: `revoke ${other} from ${databaseRole}`,
    });
  });

  test('is not what others were granted', async () => {
    expect(
      await reachableAfter(`${SEEN}; grant all on app.orders to ${other}; grant create on schema app to ${other}`),
    ).toEqual([]);
  });

  test('is not a table whose schema is closed', async () => {
    expect(await reachableAfter('grant select on app.orders to public')).toEqual([]);
  });

  test('is a table of everybody in a schema that was opened for the role: closing the schema is enough', async () => {
    const { databaseRole } = application.target;
    const [found] = await foundAfter(
      `grant usage on schema app to ${databaseRole}; grant select on app.orders to public`,
    );

    expect(found).toMatchObject({
      object: 'table app.orders',
      via: databaseRole,
      close: `revoke usage on schema app from ${databaseRole}`,
      affects: [],
      fails: true,
    });
  });

  test('is any kind of table and view', async () => {
    expect(await reachableAfter(`${SEEN}; grant select on all tables in schema app to public`)).toEqual([
      'SELECT on foreign table app.remote by PUBLIC',
      'SELECT on materialized view app.totals by PUBLIC',
      'SELECT on table app.orders by PUBLIC',
      'SELECT on table app.parts by PUBLIC',
      'SELECT on view app.names by PUBLIC',
    ]);
  });

  test('is a table of which one column was granted', async () => {
    const grants = 'grant select (id) on app.orders to public; grant update (card) on app.orders to public';

    expect(await reachableAfter(`${SEEN}; ${grants}`)).toEqual([
      'SELECT (id) on table app.orders by PUBLIC',
      'UPDATE (card) on table app.orders by PUBLIC',
    ]);
  });

  test('is a schema whose name only begins like the one of the ledger', async () => {
    const sql = 'create schema umami_migrations_archive; grant create on schema umami_migrations_archive to public';

    expect(await reachableAfter(sql)).toEqual(['CREATE on schema umami_migrations_archive by PUBLIC']);
  });

  test('is the ledger when somebody opened it', async () => {
    const grants =
      'grant usage, create on schema umami_migrations to public; grant update on umami_migrations.migrations to public';

    expect(await reachableAfter(grants)).toEqual([
      'CREATE on schema umami_migrations by PUBLIC',
      'UPDATE on table umami_migrations.migrations by PUBLIC',
    ]);
  });

  test('is not what belongs to Umami', async () => {
    expect(await reachableAfter('grant all on all tables in schema umami to public')).toEqual([]);
  });

  test('is only a few findings when the role is a superuser: the attribute, not every object', async () => {
    const { databaseRole } = application.target;

    expect(await reachableAfter(`alter role ${databaseRole} superuser`)).toEqual([
      `SUPERUSER on attribute SUPERUSER by ${databaseRole}`,
    ]);
  });

  test('is closed by statements that hold for names that need quotes', async () => {
    const [found] = await foundAfter(`create schema "A b"; grant usage on schema "A b" to public;
      create table "A b"."c""d" ("e f" int); grant select ("e f") on "A b"."c""d" to public`);
    await application.query(found?.close ?? '');

    expect(found?.close).toBe('revoke select ("e f") on table "A b"."c""d" from public');
    expect(await reachableAfter('select 1')).toEqual([]);
  });
});
