import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { handler as provision } from '../../runtime/cloudformation/index';
import { OBJECTS_SQL } from '../../runtime/sql/facts.sql';
import {
  type HealthProbe,
  SECRET_KEYS,
  snapshotDifferences,
  type VerificationAction,
  type VerificationAnswers,
  type VerificationRequest,
  type VerifyAnswer,
} from '../../runtime/verification';
import { handler } from '../../runtime/verification/handler';
import { PROBE_VARIABLE, PROPERTIES_VARIABLE } from '../../runtime/verification/properties';
import { ASSETS, type BareFunction, makeBareFunction } from '../support/bare-function';
import { ADMIN_SECRET, createEvent, UMAMI_SECRET } from '../support/events';
import { environment } from '../support/secrets-manager';
import { makeCommandLine } from './cli/command';
import { type CustomResource, makeCustomResource } from './cloudformation/custom-resource';
import { isTestAll } from './tested-releases';

let resource: CustomResource;
let bundle: BareFunction;

/** Asks the function in this process. */
function ask<Action extends VerificationAction>(
  action: Action,
  probe?: HealthProbe,
): Promise<VerificationAnswers[Action]> {
  vi.stubEnv(PROBE_VARIABLE, probe && JSON.stringify(probe));
  return handler({ action }) as Promise<VerificationAnswers[Action]>;
}

/** Asks the bundled function in a process that has nothing of ours. */
function askBundle<Action extends VerificationAction>(
  action: Action,
  more: Omit<VerificationRequest, 'action'> = {},
): Promise<VerificationAnswers[Action]> {
  const properties = JSON.stringify(resource.properties);
  const answer = bundle.send(
    { action, ...more },
    { ...environment(resource.manager), [PROPERTIES_VARIABLE]: properties },
  );
  return answer as Promise<VerificationAnswers[Action]>;
}

const query = (sql: string) => resource.application.query(sql);

beforeAll(async () => {
  resource = await makeCustomResource();
  vi.stubEnv(PROPERTIES_VARIABLE, JSON.stringify(resource.properties));
  bundle = makeBareFunction({ asset: join(ASSETS, 'verification') });
  await provision(createEvent(resource.properties));
});

afterAll(async () => {
  bundle.close();
  await resource.close();
});

test('verify tells the facts of a right database, and status the same of what exists', async () => {
  const { databaseRole: name } = resource.application.target;
  const answer = await askBundle('verify');

  expect(answer).toMatchObject({
    server: expect.stringMatching(/^17\.\d+$/),
    owner: 'Stack/test',
    schema: { name: 'umami', owner: resource.application.administrator.user, ownership: 'Stack/test' },
    databaseRoles: [{ name, ownership: 'Stack/test', powerful: false, memberOf: [], connectionLimit: 30 }],
    secret: { username: name, differing: [], tls: expect.stringMatching(/^TLSv1\.[23]$/), failure: null },
    isolation: { failingCount: 0, unexpected: [], attempts: { allowed: 0 } },
    migrations: { pending: [], failed: [], ahead: [], recorded: 26 },
    tables: { tables: 27, wrong: [], added: [] },
    missing: [],
    problems: [],
    connections: { usedByUmami: 0, blockedByUmami: 0 },
  });
  expect(answer.secret.keys).toEqual([...SECRET_KEYS, 'UMAMI_ADMIN_PASSWORD']);
  expect(answer.isolation.attempts?.blocked).toBeGreaterThan(0);
  const { schema, databaseRoles, migrations, problems } = answer;
  expect(await askBundle('status')).toMatchObject({ schema, databaseRoles, migrations, problems });
});

test('umami-db prints with --json what the function answers', async () => {
  const commandLine = makeCommandLine(resource.application);
  writeFileSync(commandLine.secretFile, JSON.stringify(resource.secret()), { mode: 0o600 });
  const about = ['--json', '--owner', 'Stack/test'];
  const secretFile = ['--secret-file', commandLine.secretFile];
  try {
    const snapshot = await commandLine.run('snapshot', ...about);
    expect([snapshot.code, JSON.parse(snapshot.stdout)]).toEqual([0, await ask('snapshot')]);
    const query = vi.spyOn(Client.prototype, 'query');
    const verified = await commandLine.run('verify', ...about, ...secretFile);
    expect(query.mock.calls.filter(([text]) => text === OBJECTS_SQL)).toHaveLength(1);
    query.mockRestore();
    const { connections, ...answer } = await ask('verify');
    expect([verified.code, JSON.parse(verified.stdout)]).toEqual([0, expect.objectContaining(answer)]);
    const without = JSON.parse((await commandLine.run('verify', ...about)).stdout);
    expect(without).toMatchObject({
      schema: answer.schema,
      migrations: answer.migrations,
      secret: { keys: [], username: null, tls: null },
      isolation: { attempts: null, failingCount: 0 },
    });
  } finally {
    commandLine.close();
  }
});

interface Break {
  readonly sql?: (databaseRole: string) => string;
  /** Changes what the secret holds. */
  readonly secret?: (value: Record<string, string>) => object;
  readonly undo?: (databaseRole: string) => string;
  readonly says: (databaseRole: string) => object;
}

const BREAKS: { readonly [what: string]: Break } = {
  'a grant on another schema': {
    sql: (role) => `grant usage on schema app to ${role}; grant select on app.orders to ${role}`,
    undo: (role) => `revoke select on app.orders from ${role}; revoke usage on schema app from ${role}`,
    says: (via) => ({
      isolation: {
        failingCount: 1,
        rights: expect.arrayContaining([{ object: 'table app.orders', privileges: 'SELECT', via, fails: true }]),
        unexpected: ['read rows of a table: table app.orders is allowed'],
      },
    }),
  },
  'a missing index': {
    sql: () => 'alter index umami.website_user_id_idx rename to renamed',
    undo: () => 'alter index umami.renamed rename to website_user_id_idx',
    says: () => ({ tables: { wrong: ['missing index of website: website_user_id_idx'] } }),
  },
  'a migration that did not end': {
    sql: () => `update umami._prisma_migrations set finished_at = null where migration_name = '26_add_api_key'`,
    undo: () => 'update umami._prisma_migrations set finished_at = now() where finished_at is null',
    says: () => ({
      migrations: { failed: ['26_add_api_key'] },
      tables: null,
      problems: [expect.stringContaining('26_add_api_key began in schema umami and did not end')],
    }),
  },
  'a wrong password in the secret': {
    secret: (value) => ({ ...value, password: 'wrong' }),
    says: (role) => ({
      secret: {
        tls: null,
        failure: expect.stringContaining(`refuses user ${role}`),
        differing: ['DATABASE_URL', 'DIRECT_DATABASE_URL'],
      },
      isolation: { attempts: null },
    }),
  },
  'a secret without a key': {
    secret: ({ APP_SECRET: _, ...value }) => value,
    says: () => ({ secret: { keys: expect.not.arrayContaining(['APP_SECRET']), failure: null } }),
  },
  'a database role without a privilege': {
    sql: (role) => `revoke insert on umami.website from ${role}`,
    undo: (role) => `grant insert on umami.website to ${role}`,
    says: (role) => ({
      missing: expect.arrayContaining([
        `grant select, insert, update, delete on all tables in schema "umami" to "${role}"`,
      ]),
      secret: { failure: expect.stringContaining('permission denied for table website') },
    }),
  },
  'an ownership comment of somebody else': {
    sql: () => `comment on schema umami is 'of somebody else'`,
    undo: () => '',
    says: () => ({
      schema: { ownership: null },
      problems: expect.arrayContaining([expect.stringMatching(/^Schema umami .*`adopt`/)]),
    }),
  },
};

test.each(Object.entries(BREAKS))('verify tells of %s', async (_, { sql, secret, undo, says }) => {
  const { databaseRole } = resource.application.target;
  const [comment] = await query(`select obj_description('umami'::regnamespace, 'pg_namespace') as text`);
  const before = resource.secret();
  if (sql) await query(sql(databaseRole));
  if (secret) resource.manager.values.set(UMAMI_SECRET, JSON.stringify(secret(before)));
  try {
    expect(await ask('verify')).toMatchObject(says(databaseRole));
  } finally {
    resource.manager.values.set(UMAMI_SECRET, JSON.stringify(before));
    await query(`${undo?.(databaseRole) ?? ''}; comment on schema umami is '${comment?.['text']}'`);
  }
});

test('no answer holds a value of a secret', async () => {
  const { password, APP_SECRET, TWO_FACTOR_ENCRYPTION_KEY, UMAMI_ADMIN_PASSWORD, DATABASE_URL } = resource.secret();
  const administrator = JSON.parse(resource.manager.values.get(ADMIN_SECRET) ?? '{}').password;
  const texts = await Promise.all(
    (['verify', 'status', 'snapshot'] as const).map(async (action) => JSON.stringify(await askBundle(action))),
  );
  const secrets = [password, APP_SECRET, TWO_FACTOR_ENCRYPTION_KEY, UMAMI_ADMIN_PASSWORD, DATABASE_URL, administrator];

  expect(secrets.every((value) => String(value).length > 8)).toBe(true);
  expect(secrets.filter((value) => texts.some((text) => text.includes(String(value))))).toEqual([]);
});

test('verify writes no secret and no row, and leaves the database as it was', async () => {
  const before = await ask('snapshot');
  const requests = resource.manager.requests.length;
  await ask('verify');
  const after = await ask('snapshot');

  expect(after).toEqual(before);
  expect(resource.manager.requests.slice(requests).filter((request) => !request.startsWith('GetSecretValue'))).toEqual(
    [],
  );
});

test('a snapshot tells of each change that another session made, and of none of data', async () => {
  await query(`
    create table app.customer (id int primary key, name text default 'x' check (name <> ''));
    create view app.names as select name from app.customer;
    create function app.one() returns int language sql as 'select 1';
    create type app.state as enum ('new', 'paid');
    create role shop_${'reader'} login`);
  const before = await ask('snapshot');
  const changes = async (sql: string): Promise<string[]> => {
    await query(sql);
    return snapshotDifferences(before, await ask('snapshot'));
  };

  expect(await changes(`insert into app.customer values (1, 'a'); analyze app.customer; select app.one()`)).toEqual([]);
  expect(
    await changes(`
      alter table app.customer alter name set default 'y';
      grant select on app.customer to shop_reader;
      create or replace view app.names as select name, id from app.customer;
      create or replace function app.one() returns int language sql as 'select 2';
      alter type app.state add value 'sent';
      create index on app.orders (id);
      alter role shop_reader set work_mem = '1MB';
      grant pg_monitor to shop_reader;
      create schema extra`),
  ).toEqual([
    'changed: routine one() in schema app',
    'changed: table customer in schema app',
    'changed: table orders in schema app',
    'changed: type state in schema app',
    'changed: view names in schema app',
    'new: schema extra',
    'new: membership of shop_reader in pg_monitor',
    'new: settings of shop_reader in every database',
  ]);
  await query('drop schema extra; drop view app.names; drop table app.customer; drop role shop_reader');
});

test('a lock of another session does not hold up a snapshot; verify waits two seconds, and says who holds it', async () => {
  const { administrator } = resource.application;
  const session = await resource.application.administer();
  await query(`
    create table app.locked (id int default 1 check (id > 0));
    create view app.seen as select * from app.locked;
    alter table app.locked owner to ${administrator.user};
    grant usage on schema app to ${administrator.user}`);
  await session.query('begin; lock table app.locked, umami._prisma_migrations in access exclusive mode');
  const [snapshot, failure] = await Promise.allSettled([ask('snapshot'), ask('verify')]);
  await session.query('rollback');
  await query('drop view app.seen; drop table app.locked');

  expect(snapshot).toMatchObject({ value: { schemas: { app: { counts: { table: 2, view: 1 } } } } });
  expect(failure).toMatchObject({
    reason: {
      message: expect.stringMatching(/is locked by another session: .* holds a lock on umami\._prisma_migrations/),
    },
  });
});

test.runIf(isTestAll)('2,000 tables in 200 schemas are one answer, by which a changed one is found', async () => {
  await query(`do $$ begin
    for s in 1..200 loop
      execute format('create schema many_%s', s);
      for t in 1..10 loop execute format('create table many_%s.t%s (id int primary key, name text)', s, t); end loop;
    end loop; end $$`);
  const before = await ask('snapshot');
  await query('alter table many_77.t5 add column more int');
  const after = await ask('snapshot');

  expect(Object.keys(before.schemas)).toHaveLength(202);
  expect(JSON.stringify(before).length).toBeLessThan(1_000_000);
  expect(snapshotDifferences(before, after)).toEqual(['changed: table t5 in schema many_77']);
  const verified: VerifyAnswer = await ask('verify');
  expect(snapshotDifferences(before, verified.snapshot)).toEqual(['changed: definitions in schema many_77']);
});

describe('probe', () => {
  const databaseRole = 'shop_probe';
  beforeAll(async () => {
    await query(`
      create role ${databaseRole};
      grant usage on schema app to ${databaseRole};
      grant select, insert on app.orders to ${databaseRole};
      insert into app.orders select n, 'card ' || n from generate_series(2, 1500) as n;
      create table app.hidden (id int);
      create view public.of_the_shop as select 1;
      grant select on public.of_the_shop to ${databaseRole};
      grant ${databaseRole} to ${resource.application.administrator.user}`);
  });
  afterAll(() => query(`drop view public.of_the_shop; drop owned by ${databaseRole}; drop role ${databaseRole}`));

  test.each([
    ['select card from app.orders where id < 4', { rows: 3, failure: null }],
    ['with cards as (select card from app.orders) select * from cards;', { rows: 1000, failure: null }],
    ['select 1 from of_the_shop', { rows: 1, failure: null }],
    ['select 1 from app.hidden', { failure: 'permission denied for table hidden (SQLSTATE 42501)' }],
    // What a value is does not leave the database.
    ['select card::int from app.orders', { failure: 'SQLSTATE 22P02' }],
    [
      `with added as (insert into app.orders values (0, '') returning id) select * from added`,
      { failure: expect.stringContaining('must not contain data-modifying statements') },
    ],
    ['select * from app.orders for update', { failure: expect.stringContaining('read-only transaction') }],
    [
      'select 1; insert into app.orders values (0)',
      { failure: expect.stringContaining('cannot insert multiple commands') },
    ],
    ['select 1 from app.orders; commit', { failure: expect.stringContaining('cannot insert multiple commands') }],
  ])('as a database role of the application: %s', async (statement, says) => {
    const answer = await ask('probe', { databaseRole, statement });
    expect(answer).toMatchObject({ action: 'probe', databaseRole, statement, refused: null, ...says });
    expect(JSON.stringify(answer)).not.toMatch(/card \d/);
    expect(await query('select count(*)::int as count from app.orders where id = 0')).toEqual([{ count: 0 }]);
  });

  test('tells when the administrator may not become the database role, and is unknown where none is deployed', async () => {
    const statement = 'select 1';
    await query('create role shop_other');
    expect(await ask('probe', { databaseRole: 'shop_other', statement })).toMatchObject({
      refused: 'permission denied to set role "shop_other"',
      failure: null,
    });
    await query('drop role shop_other');
    await expect(ask('probe')).rejects.toThrow('`action` must be verify, status, snapshot, baseline, got: "probe".');
  });
});

test('a baseline is of the window that was asked for, and holds no value of a secret', async () => {
  const { application } = resource;
  const answer = await askBundle('baseline', { seconds: 1, samples: 2 });

  expect(answer).toMatchObject({
    action: 'baseline',
    format: 1,
    identity: { database: application.target.database, hasUmami: true },
    figures: expect.arrayContaining([
      expect.objectContaining({ name: 'live rows', of: 'umami' }),
      expect.objectContaining({ name: 'commits', samples: [expect.any(Number), expect.any(Number)] }),
    ]),
  });
  const { password, APP_SECRET, DATABASE_URL } = resource.secret();
  expect(
    [password, APP_SECRET, DATABASE_URL].filter((value) => JSON.stringify(answer).includes(String(value))),
  ).toEqual([]);
  // As in Lambda, with a clock that has fractions of milliseconds.
  const bounded = await handler(
    { action: 'baseline', seconds: 1, samples: 2 },
    { getRemainingTimeInMillis: () => 60_000 },
  );
  expect(bounded).toMatchObject({ action: 'baseline', format: 1 });
  await expect(handler({ action: 'baseline', seconds: 0 })).rejects.toThrow(
    '`seconds` must be a whole number from 1 to 3600, got: 0.',
  );
});

test('another action is refused with those that there are', async () => {
  await expect(ask('drop' as VerificationAction)).rejects.toThrow(
    '`action` must be verify, status, snapshot, baseline, got: "drop".',
  );
});
