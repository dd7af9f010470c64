import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, escapeIdentifier as ident } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rollback } from '../../../runtime/provision/rollback';
import { provisionWithSecret } from '../../../runtime/secret/provision-with-secret';
import { rotate } from '../../../runtime/secret/rotate';
import { secretFile } from '../../../runtime/secret/secret-file';
import type { SecretStore } from '../../../runtime/secret/secret-store';
import type { SecretValue } from '../../../runtime/secret/secret-value';
import { rotationOf } from '../../../runtime/secret/staged-rotation';
import type { Target } from '../../../runtime/target/target';
import { eachApplication } from '../application';
import { superuser } from '../server';
import { isTestAll } from '../tested-releases';
import { interrupted } from './interrupted';

const application = eachApplication();
let folder: string;
let store: SecretStore;
let first: string;
let second: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'umami-db-alternation-'));
  store = secretFile(join(folder, 'secret.json'));
  first = application.target.databaseRole;
  second = `${first}_clone`;
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
});

const single = (): Target => application.target;
const both = (): Target => ({ ...application.target, otherDatabaseRole: second });
const server = () => {
  const { user: _, password: __, ...address } = application.administrator;
  return address;
};
const provision = async (target: Target, passwordVersion?: string) => {
  const input = { server: server(), store, administrator: 'none' as const };
  return provisionWithSecret(await application.administer(), target, {
    ...input,
    ...(passwordVersion === undefined ? {} : { passwordVersion }),
  });
};
const rotated = async (target: Target, differing: object = {}) =>
  rotate(await application.administer(), target, { ...rotationOf({ store, server: server() }), ...differing });
const current = async (): Promise<SecretValue> => JSON.parse((await store.read('AWSCURRENT')) ?? '{}');

/** Of both database roles, with the hash of the password. */
const roles = () =>
  application.query<{ name: string; login: boolean; limit: number; password: string; mark: string }>(
    `select rolname as name, rolcanlogin as login, rolconnlimit as limit, rolpassword as password,
      shobj_description(oid, 'pg_authid') as mark from pg_authid where rolname in ($1, $2) order by 1`,
    [first, second],
  );

/** A task of Umami knows what the secret said when it started, and opens a connection for each event. */
async function startTask() {
  const { username: user, password } = await current();
  return async () => {
    const client = new Client({ ...superuser(single().database), user, password });
    await client.connect();
    try {
      await client.query(`insert into website (website_id, name) values (gen_random_uuid(), 'event')`);
    } finally {
      await client.end();
      // The server takes a moment to end the session, which the next rotation would count.
      const pid = (client as unknown as { processID: number }).processID;
      const sessions = () => application.query('select from pg_stat_activity where pid = $1', [pid]);
      await expect.poll(sessions, { timeout: 30_000 }).toEqual([]);
    }
  };
}

describe('a task that runs through a rotation', () => {
  test('is refused with one database role, and goes on writing with two', async () => {
    await provision(single());
    const before = await startTask();
    await before();
    await rotated(single());
    await expect(before()).rejects.toMatchObject({ code: '28P01' });

    await provision(both());
    const task = await startTask();
    expect(await rotated(both())).toEqual({ outcome: 'rotated', before: first, after: second });
    await task();
    const restarted = await startTask();
    await restarted();
    expect(await current()).toMatchObject({
      username: second,
      DATABASE_URL: expect.stringContaining(`//${second}:`),
      DIRECT_DATABASE_URL: expect.stringContaining(`//${second}:`),
    });
    expect(await rotated(both())).toEqual({ outcome: 'rotated', before: second, after: first });
    await restarted();
    await expect(task()).rejects.toMatchObject({ code: '28P01' });
    await (await startTask())();
  });

  test('keeps the next rotation from changing its password while it is connected, unless that is forced', async () => {
    await provision(both());
    const { username, password } = await current();
    const open = await application.signIn(username, password);
    await rotated(both());
    const secret = await current();

    await expect(rotated(both())).rejects.toThrow(/^Database role \w+(?<!_clone) has \d open connections of tasks/);
    expect(await current()).toEqual(secret);
    await expect(provision(both(), '2')).rejects.toThrow('Nothing was changed. Restart');
    expect(await current()).toEqual(secret);
    await expect(rotated(both(), { force: true })).resolves.toMatchObject({ after: first });
    await open.end();
  });
});

describe('the option', () => {
  test('switched on gives a second database role the same rights, and changes no password and no secret', async () => {
    await provision(single());
    const [before, secret] = [await roles(), await store.read('AWSCURRENT')];

    await provision(both());
    const mark = String(before[0]?.mark);
    expect(await roles()).toEqual([...before, { name: second, login: false, limit: 30, password: null, mark }]);
    expect(await store.read('AWSCURRENT')).toBe(secret);
    const rights = async (role: string) => {
      const sql = `select array(select c.relname || ' ' || privilege_type from pg_class c
          join pg_namespace n on n.oid = relnamespace cross join aclexplode(relacl) a
          where nspname = 'umami' and grantee = $1::regrole order by 1) as tables,
        (select setconfig from pg_db_role_setting where setrole = $1::regrole) as settings,
        array(select defaclobjtype::text || privilege_type from pg_default_acl cross join aclexplode(defaclacl)
          where grantee = $1::regrole order by 1) as later`;
      return (await application.query(sql, [role]))[0];
    };
    expect(await rights(second)).toEqual(await rights(first));
    expect(await provision(both())).toMatchObject({ applied: [] });
    expect(await store.read('AWSCURRENT')).toBe(secret);
  });

  test('switched off drops the second one only when the secret names the first one and no task is connected', async () => {
    await provision(both());
    await rotated(both());
    const [before, secret] = [await roles(), await store.read('AWSCURRENT')];

    await expect(provision(single())).rejects.toThrow(
      `\`alternatingDatabaseRoles\` is off, but ${store.name} names database role ${second}: nothing was changed. Leave it on, restart Umami's tasks, and run: npx umami-db rotate --owner 'Stack/test' --schema 'umami' --database-role '${first}'.`,
    );
    expect([await roles(), await store.read('AWSCURRENT')]).toEqual([before, secret]);
    const { username, password } = await current();
    const open = await application.signIn(username, password);
    await rotated(both());
    await expect(provision(single())).rejects.toThrow(/_clone has \d open connections of tasks/);
    await open.end();
    await expect.poll(() => provision(single()).then(() => 'done', String), { timeout: 30_000 }).toBe('done');
    expect((await roles()).map(({ name }) => name)).toEqual([first]);
    await (await startTask())();
  });

  test('is refused, before anything changes, where the name of the second one is taken', async () => {
    await application.query(`create role ${second}`);
    await expect(provision(both())).rejects.toThrow(
      `Database role ${second} exists and has no ownership comment: nothing was changed.`,
    );
    expect(await application.query(`select from pg_namespace where nspname = 'umami'`)).toEqual([]);
    await provision(single());
    expect((await roles()).map(({ name }) => name)).toEqual([first, second]);
  });

  test('with another password version alternates, and an update that is undone changes nothing again', async () => {
    await provision(both(), '1');
    const previous = await store.read('AWSCURRENT');
    const withPrevious = {
      ...store,
      read: async (stage: 'AWSPREVIOUS') => (stage === 'AWSPREVIOUS' ? previous : store.read(stage)),
    };
    const task = await startTask();
    await provision(both(), '2');
    const secret = await current();
    expect(secret).toMatchObject({ username: second, passwordVersion: '2' });
    await task();

    const input = { server: server(), store: withPrevious as SecretStore, administrator: 'none' as const };
    await provisionWithSecret(await application.administer(), both(), { ...input, passwordVersion: '1' });
    expect(await current()).toEqual(secret);
    await task();
  });

  test('together with another password version makes the second one, and leaves the password for the next update', async () => {
    await provision(single(), '1');
    const secret = await store.read('AWSCURRENT');
    const { warnings } = await provision(both(), '2');
    expect(warnings).toContainEqual(expect.stringContaining(`Database role ${second} is made only now`));
    expect(await store.read('AWSCURRENT')).toBe(secret);
    await provision(single(), '1');
    expect((await roles()).map(({ name }) => name)).toEqual([first]);
    await provision(both(), '2');
    await provision(both(), '2');
    expect(await current()).toMatchObject({ username: second, passwordVersion: '2' });
  });
});

// What is interrupted before a call was interrupted after the one before it: in test:all only.
const MOMENTS = isTestAll ? (['before', 'after'] as const) : (['after'] as const);

describe.each(MOMENTS)('a rotation that is killed %s any call', (moment) => {
  test('never takes the password of running tasks, and is finished by the next run', async () => {
    await provision(both());
    for (let at = 0; ; at += 1) {
      const breaking = interrupted(rotationOf({ store, server: server() }), at, moment);
      const task = await startTask();
      const outcome = await rotated(both(), breaking).catch(String);
      await task();
      const { username } = await current();
      await provision(both());
      await task();
      await (await startTask())();
      expect(await store.read('AWSPENDING')).toBeUndefined();
      if (breaking.calls() <= at) {
        expect(at).toBeGreaterThan(5);
        break;
      }
      expect([outcome, username]).toEqual([expect.stringContaining('killed'), expect.stringContaining(first)]);
    }
  });
});

test('two stages of a cluster alternate apart from each other, and a rollback removes both roles of one', async () => {
  await provision(both());
  await rotated(both());
  const other = { ...single(), schema: 'metrics', databaseRole: second };
  await expect(provision(other)).rejects.toThrow(`Database role ${second} is for schema umami in database`);
  const prod = `${first}_prod`;
  const third = { ...single(), schema: 'metrics', databaseRole: prod, otherDatabaseRole: `${prod}_clone` };
  const file = secretFile(join(folder, 'prod.json'));
  const input = { server: server(), store: file, administrator: 'none' as const };
  await provisionWithSecret(await application.administer(), third, input);
  const task = await startTask();

  // As of a provisioning that was interrupted: the properties do not name the second one.
  const connectTo = () => Promise.reject(new Error('there is no other one'));
  const { otherDatabaseRole: _, ...named } = third;
  const { removed, kept } = await rollback(await application.administer(), named, { connectTo });
  expect({ removed, kept }).toEqual({
    removed: ['schema metrics', 'schema metrics_migrations', `database role ${prod}`, `database role ${prod}_clone`],
    kept: [],
  });
  await task();
  const left = await application.query(`select from pg_roles where rolname like $1 || '%'`, [prod]);
  expect(left).toEqual([]);
  await rollback(await application.administer(), both(), { connectTo });
  expect(await roles()).toEqual([]);
});

test('what the second one was granted outside of the schema fails the provisioning', async () => {
  await provision(both());
  await application.query(
    `grant usage on schema app to ${ident(second)}; grant select on app.orders to ${ident(second)}`,
  );

  await expect(provision(both())).rejects.toThrow(
    `Database role ${second} was given rights outside of schema umami: SELECT on table app.orders`,
  );
});

test('a second one that cannot write is not put into the secret, and provisioning restores it', async () => {
  await provision(both());
  await application.query(`revoke all on all tables in schema umami from ${ident(second)}`);
  const task = await startTask();

  await expect(rotated(both())).rejects.toThrow(/cannot add a row.* Run provision, which restores rights/);
  expect(await current()).toMatchObject({ username: first });
  await provision(both());
  expect(await current()).toMatchObject({ username: second });
  await task();
  await (await startTask())();
});
