import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findReachable } from '../../../runtime/provision/isolation';
import { type Application, makeApplication } from '../application';

let application: Application;
let other: string;

beforeAll(async () => {
  application = await makeApplication();
  other = `${application.target.databaseRole}_other`;
  await application.provision();
  await application.query(`
    create role ${other};
    create view app.names as select id from app.orders;
    create materialized view app.totals as select 1 as total;
    create table app.parts (id int) partition by range (id);
    create foreign data wrapper nowhere;
    create server remote foreign data wrapper nowhere;
    create foreign table app.remote (id int) server remote;
    create sequence app.numbers;
    create function app.leak() returns int language sql as 'select 1';
  `);
});

afterAll(() => application.close());

/** What is reachable after some SQL, asked within the transaction in which it ran. */
async function reachableAfter(sql: string): Promise<string[]> {
  await application.query(sql);
  const client = {
    query: async (text: string, values: unknown[]) => ({ rows: await application.query(text, values) }),
  };
  const found = await findReachable(client as unknown as Parameters<typeof findReachable>[0], application.target);
  return found.map(({ object, privilege }) => `${privilege} ${object}`);
}

const SEEN = 'grant usage on schema app to public';

describe('what is reachable', () => {
  // Grants of a test end with it.
  beforeEach(() => application.query('begin'));
  afterEach(() => application.query('rollback'));

  test('is nothing in a database where nobody granted anything', async () => {
    expect(await findReachable(await application.administer(), application.target)).toEqual([]);
  });

  test('is what everybody was granted, by name and privilege', async () => {
    expect(await reachableAfter(`${SEEN}; grant select, update on app.orders to public`)).toEqual([
      'SELECT table app.orders',
      'UPDATE table app.orders',
    ]);
  });

  test('is what the role itself was granted', async () => {
    const { databaseRole } = application.target;
    const grants = `grant usage on schema app to ${databaseRole}; grant delete on app.orders to ${databaseRole}`;

    expect(await reachableAfter(grants)).toEqual(['DELETE table app.orders']);
  });

  test('is what a role was granted that the role is a member of', async () => {
    const grants = `grant insert on app.orders to ${other}; grant ${other} to ${application.target.databaseRole}`;

    expect(await reachableAfter(`${SEEN}; ${grants}`)).toEqual(['INSERT table app.orders']);
  });

  test('is not what others were granted', async () => {
    expect(
      await reachableAfter(`${SEEN}; grant all on app.orders to ${other}; grant create on schema app to ${other}`),
    ).toEqual([]);
  });

  test('is not a table whose schema is closed', async () => {
    expect(await reachableAfter('grant select on app.orders to public')).toEqual([]);
  });

  test('is any kind of table and view', async () => {
    expect(await reachableAfter(`${SEEN}; grant select on all tables in schema app to public`)).toEqual([
      'SELECT foreign table app.remote',
      'SELECT materialized view app.totals',
      'SELECT table app.orders',
      'SELECT table app.parts',
      'SELECT view app.names',
    ]);
  });

  test('is a table of which one column was granted', async () => {
    const grants = 'grant select (id) on app.orders to public; grant update (card) on app.orders to public';

    expect(await reachableAfter(`${SEEN}; ${grants}`)).toEqual(['SELECT table app.orders', 'UPDATE table app.orders']);
  });

  test('is every privilege there is', async () => {
    expect(await reachableAfter(`${SEEN}; grant all on app.orders to public`)).toEqual(
      ['DELETE', 'INSERT', 'SELECT', 'TRUNCATE', 'UPDATE'].map((privilege) => `${privilege} table app.orders`),
    );
  });

  test('is a schema in which everybody may make tables, as in public before PostgreSQL 15', async () => {
    expect(
      await reachableAfter('grant create on schema public to public; grant create on schema app to public'),
    ).toEqual(['CREATE schema app', 'CREATE schema public']);
  });

  test('is a schema whose name only begins like the one of the ledger', async () => {
    const sql = 'create schema umami_migrations_archive; grant create on schema umami_migrations_archive to public';

    expect(await reachableAfter(sql)).toEqual(['CREATE schema umami_migrations_archive']);
  });

  test('is the ledger when somebody opened it', async () => {
    const grants =
      'grant usage, create on schema umami_migrations to public; grant update on umami_migrations.migrations to public';

    expect(await reachableAfter(grants)).toEqual([
      'CREATE schema umami_migrations',
      'UPDATE table umami_migrations.migrations',
    ]);
  });

  test('is not what belongs to Umami', async () => {
    expect(await reachableAfter('grant all on all tables in schema umami to public')).toEqual([]);
  });
});

test('provisioning reports what is reachable, and revokes none of it', async () => {
  await application.query(`${SEEN}; grant select on app.orders to public`);
  const reachable = [{ object: 'table app.orders', privilege: 'SELECT' }];

  expect(await application.provision()).toMatchObject({ reachable });
  expect(await application.provision()).toMatchObject({ reachable });
  await application.query('revoke usage on schema app from public; revoke select on app.orders from public');
});
