import type { PostgresVersion } from '@user-metrics/postgres-server';
import { afterEach, expect, test } from 'vitest';
import { findRights } from '../../../runtime/isolation/find-rights';
import { type ProvisionReport, provision } from '../../../runtime/provision/provision';
import { PASSWORD } from '../application';
import { TESTED_RELEASES } from '../tested-releases';
import { type Fortress, makeFortress } from './fortress';

let fortress: Fortress;

afterEach(() => fortress.close());

/** What PUBLIC has, as the report names it. */
const open = async () =>
  (await findRights(fortress.administrator, fortress.target))
    .filter(({ via }) => via === 'PUBLIC')
    .map(({ object, privileges }) => `${privileges} on ${object}`);

/**
 * The administrator owns database, `public` and the application's schema, as where the application was made with it; the
 * application lives of what PUBLIC has.
 */
async function start(version: PostgresVersion): Promise<void> {
  fortress = await makeFortress(version);
  await fortress.run('create database shop owner administrator');
  await fortress.run(`
    alter schema public owner to administrator; grant create on schema public to public;
    grant usage on schema app to public; alter schema app owner to administrator;
    alter table app.orders owner to administrator; alter table app.orders add column "Note to self" text;
    grant select, insert, update ("Note to self") on app.orders to public`);
}

function close(...closePublic: string[]): Promise<ProvisionReport> {
  const input = { password: PASSWORD, canSignIn: async () => true };
  return provision(fortress.administrator, { ...fortress.target, closePublic }, input);
}

/** Whether a database role may do it. */
async function may(role: string, question: string): Promise<unknown> {
  const [row] = (await fortress.run(`select ${question.replace('?', `'${role}'`)} as answer`)) as { answer: unknown }[];
  return row?.answer;
}

const SHOP = 'CONNECT on database shop';
const CREATE = 'CREATE on schema public';

test.each(TESTED_RELEASES)(
  'on PostgreSQL %s it closes what is named and nothing else, and no role that exists loses it',
  async (version) => {
    await start(version);
    const before = await open();
    const { closed, warnings } = await close(CREATE, SHOP);

    expect([closed, warnings]).toEqual([
      [
        {
          right: CREATE,
          statements: ['grant create on schema public to "other"', 'revoke create on schema public from public'],
          keptBy: ['other'],
        },
        {
          right: SHOP,
          statements: ['grant connect on database shop to "other"', 'revoke connect on database shop from public'],
          keptBy: ['other'],
        },
      ],
      [],
    ]);
    expect(await open()).toEqual(before.filter((one) => one !== CREATE && one !== SHOP));
    await fortress.run('create role later login');
    const questions = [`has_schema_privilege(?, 'public', 'CREATE')`, `has_database_privilege(?, 'shop', 'CONNECT')`];
    for (const question of questions) {
      expect([await may('other', question), await may('umami_user', question), await may('later', question)]).toEqual([
        true,
        false,
        false,
      ]);
    }
    await expect(fortress.signIn('shop')).rejects.toThrow('permission denied for database "shop"');
    expect(await close(CREATE, SHOP)).toMatchObject({ closed: [], warnings: [] });
  },
);

test('of a right that PUBLIC has in several ways, only what is named', async () => {
  await start('17');
  expect(await open()).toEqual(
    expect.arrayContaining(['INSERT, SELECT on table app.orders', 'UPDATE ("Note to self") on table app.orders']),
  );
  const { closed } = await close('SELECT on table app.orders', 'UPDATE ("Note to self") on table app.orders');

  expect(closed.flatMap(({ statements }) => statements)).toEqual([
    'grant select on table app.orders to "other"',
    'revoke select on table app.orders from public',
    'grant update ("Note to self") on table app.orders to "other"',
    'revoke update ("Note to self") on table app.orders from public',
  ]);
  expect(await open()).toContain('INSERT on table app.orders');
  await expect(fortress.role().query('select card from app.orders')).rejects.toThrow('permission denied');
  expect(await may('other', `has_table_privilege(?, 'app.orders', 'SELECT')`)).toBe(true);
});

test('everything that the report finds can be named as it stands there', async () => {
  await start('17');
  await fortress.run(`
    alter default privileges in schema app grant select on tables to public;
    alter default privileges for role administrator grant usage on sequences to public;
    grant usage on foreign data wrapper nowhere to public; grant usage on foreign server remote to public;
    grant select on large object 77 to public; grant set on parameter log_statement to public;
    grant create on tablespace pg_default to public; grant execute on function pg_reload_conf() to public;
    grant select on pg_authid, app.names, app.totals, app.remote to public; grant usage on app.numbers to public;
    grant all on all tables in schema app to public;
    alter role administrator superuser`);
  const before = await open();
  expect(before.length).toBeGreaterThan(20);
  await close(...before);

  expect(await open()).toEqual([]);
  expect(await close(...before)).toMatchObject({ closed: [], warnings: [] });
});

test('nothing is closed unless it is named', async () => {
  await start('17');
  const before = await open();

  expect(await close()).toMatchObject({ closed: [] });
  expect(await open()).toEqual(before);
});

test('what the administrator may not close is said, with the statements for the owner, and nothing is changed', async () => {
  await start('17');
  await fortress.run('alter role umami_user connection limit 7');
  const before = await open();

  await expect(close(SHOP, 'CONNECT on database postgres')).rejects.toMatchObject({
    name: 'ProvisionError',
    message: expect.stringContaining(
      'may not revoke: CONNECT on database postgres (of postgres). Nothing was changed. Let the owner or a superuser run: grant connect on database postgres to "administrator", "other"; revoke connect on database postgres from public;',
    ),
  });
  expect(await open()).toEqual(before);
  expect(await fortress.run(`select rolconnlimit as limit from pg_roles where rolname = 'umami_user'`)).toEqual([
    { limit: 7 },
  ]);
});

test('what somebody else granted on what the administrator owns is not his to close either', async () => {
  await start('17');
  await fortress.run(`
    grant select on app.orders_log to other with grant option; alter table app.orders_log owner to administrator;
    set role other; grant select on app.orders_log to public; reset role`);

  await expect(close('SELECT on table app.orders_log')).rejects.toThrow(
    'may not revoke: SELECT on table app.orders_log',
  );
});

test.each(['SELECT on table app.order', 'CONNECT on table app.orders', 'CONNECT on database application'])(
  'a name that nothing bears is warned of, and refused where somebody waits for the answer: %s',
  async (right) => {
    await start('17');
    const before = await open();
    const { warnings } = await close(right, SHOP);

    expect(warnings).toEqual([expect.stringContaining(`names ${right}, and there is no such thing`)]);
    expect(await open()).toEqual(before.filter((one) => one !== SHOP));
    const input = { password: PASSWORD, canSignIn: async () => true, refuseUnknown: true };
    await expect(
      provision(fortress.administrator, { ...fortress.target, closePublic: [right] }, input),
    ).rejects.toThrow(`names ${right}, and there is no such thing`);
  },
);

test('a right that comes back at once is not called closed', async () => {
  await start('17');
  await fortress.run(`
    create function grant_again() returns event_trigger language plpgsql security definer as
      $$ begin grant select on app.orders to public; end $$;
    create event trigger grant_again on ddl_command_end when tag in ('REVOKE') execute function grant_again()`);

  await expect(close('SELECT on table app.orders')).rejects.toThrow(
    'PUBLIC still has SELECT on table app.orders, though it was revoked',
  );
});
