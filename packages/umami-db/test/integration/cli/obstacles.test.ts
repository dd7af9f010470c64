import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../../runtime/connection/connect';
import { untilWriter } from '../../../runtime/connection/writer';
import { ANSWERS, makeGate } from '../connection/gate';
import { migrateByContainer } from '../container';
import { isTestAll } from '../tested-releases';
import { eachCommandLine } from './command';

const { application, commandLine } = eachCommandLine();
const file = () => ['--secret-file', commandLine.secretFile];

afterEach(async () => {
  await application.query(`drop event trigger if exists ${TRIGGER()}`);
});

const TRIGGER = () => `of_${application.target.databaseRole}`;

/** Lets something happen whenever a statement defines something. */
async function whenDefining(plpgsql: string, tags = "'CREATE TABLE'"): Promise<void> {
  await application.query(`create function app.trap() returns event_trigger language plpgsql as $trap$ begin ${plpgsql}; end $trap$;
    create event trigger ${TRIGGER()} on ddl_command_start when tag in (${tags}) execute function app.trap()`);
}

const raise = (code: string, message: string) =>
  `raise exception using errcode = '${code}', message = '${message}', detail = 'the detail', hint = 'the hint'`;

const READ_ONLY =
  /^(?:Problem: )?Database role administrator_\w+ may only read: .* or run: (begin read write; alter role .*; commit;)$/m;

/** What is in the way, and what a person is told; `isFurther`, for test:all: as another one, by another SQLSTATE. */
const OBSTACLES: Record<string, { arrange(): Promise<unknown>; told: RegExp; isFurther?: boolean }> = {
  'an event trigger': {
    arrange: () => whenDefining(`raise exception 'no tables on a Friday'`),
    told: /PostgreSQL refuses \(P0001\): no tables on a Friday\. CONTEXT: PL\/pgSQL function .*trap\(\) line \d/,
    isFurther: true,
  },
  'an event trigger that writes where the administrator may not': {
    arrange: () => whenDefining('insert into app.orders values (2)', "'CREATE SCHEMA'"),
    told: /PostgreSQL refuses \(42501\): permission denied for (schema app|table orders)\. CONTEXT: /,
    isFurther: true,
  },
  'a full disk': {
    arrange: () => whenDefining(raise('53100', 'could not extend file')),
    told: /\(53100\): could not extend file\. DETAIL: the detail HINT: the hint CONTEXT: .* make space, and run it again/,
  },
  'a deadlock that comes back': {
    arrange: () => whenDefining(raise('40P01', 'deadlock detected')),
    told: /\(40P01\): deadlock detected\. DETAIL: the detail HINT: .* it continues where it stopped/,
    isFurther: true,
  },
  'a failover': {
    arrange: () => whenDefining('perform pg_terminate_backend(pg_backend_pid())'),
    told: /^(Problem: )?The connection to the database was cut: .*run it again, it continues where it stopped\.$/m,
  },
  'an administrator that only reads': {
    arrange: () =>
      application.query(`alter role ${application.administrator.user} set default_transaction_read_only = on`),
    told: READ_ONLY,
  },
  'a view on a column that is dropped': {
    arrange: () => application.query('create view app.report as select session_id, hostname from umami.session'),
    told: /view app\.report reads umami\.session\.hostname, which 09_update_hostname_region drops.* run: drop view "app"\."report"; then/,
  },
};

const tested = Object.keys(OBSTACLES).filter((name) => isTestAll || !OBSTACLES[name]?.isFurther);

describe.each(tested)('%s', (name) => {
  test('is told in a sentence by status, by a dry run and by provision, which ends with 1', async () => {
    await migrateByContainer(application, { version: '2.9', madeBy: 'administrator' });
    const { arrange, told } = OBSTACLES[name] ?? { told: /$^/, arrange: async () => {} };
    await arrange();
    const options = ['--adopt', ...file()];
    const results = [
      await commandLine.run('status', '--adopt'),
      await commandLine.run('provision', ...options, '--dry-run'),
      await commandLine.run('provision', ...options),
    ];

    for (const { code, stdout, stderr } of results) {
      expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(told)]);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    expect(await application.query(`select to_regclass('umami.board') as later`)).toEqual([{ later: null }]);
  });
});

test('a secret that cannot be written is told before anything is changed', async () => {
  const options = ['--secret-file', `${commandLine.secretFile}.folder/secret.json`];
  for (const dryRun of [['--dry-run'], []])
    expect(await commandLine.run('provision', ...options, ...dryRun)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^The secret's file \S+ cannot be written: ENOENT.*The database was not changed\..*$/m,
      ),
    });
  expect(await application.query(`select 1 from pg_namespace where nspname like 'umami%'`)).toEqual([]);
});

test('a schema that search_path takes for the name of the user is refused', async () => {
  expect(await commandLine.run('provision', ...file(), '--schema', '$user')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/must not be one of PostgreSQL's own, got: "\$user"\.\n$/),
  });
});

test('settings of the administrator make no difference', { timeout: 120_000 }, async () => {
  const settings = {
    statement_timeout: '5ms',
    idle_in_transaction_session_timeout: '1ms',
    idle_session_timeout: '1s',
    lock_timeout: '1ms',
    standard_conforming_strings: 'off',
    quote_all_identifiers: 'on',
    default_transaction_isolation: 'serializable',
  };
  for (const [setting, value] of Object.entries(settings))
    await application.query(`alter role ${application.administrator.user} set ${setting} = '${value}'`);

  const client = await untilWriter(() => connect(application.administrator));
  const left =
    'select name from unnest($1::text[], $2::text[]) as hostile (name, value) where current_setting(name) = value';
  expect((await client.query(left, [Object.keys(settings), Object.values(settings)])).rows).toEqual([]);
  await client.end();
  expect(await commandLine.run('provision', ...file())).toMatchObject({ code: 0 });
  expect(await commandLine.run('verify', ...file())).toMatchObject({ code: 0 });
  expect(await commandLine.run('status')).toMatchObject({ code: 0 });
  expect(await commandLine.run('rotate', ...file())).toMatchObject({ code: 0 });
});

test('no command runs a function that somebody else made in a schema of the search_path', {
  timeout: 120_000,
}, async () => {
  // PostgreSQL prefers these to its own ones, by the types of their parameters.
  const types = 'text, text, text';
  await application.query(`create table app.caught (caller name); grant insert on app.caught to public;
    grant usage on schema app to public;
    create function public.has_database_privilege(${types}) returns boolean language sql
      begin atomic insert into app.caught values (current_user); select true; end;
    create function public.pg_advisory_lock(int) returns boolean language sql
      begin atomic insert into app.caught values (current_user); select true; end`);
  const trap = await application.administer();
  await trap.query("select has_database_privilege('postgres', 'postgres', 'CONNECT'), pg_advisory_lock(1)");
  expect(await application.query('delete from app.caught returning 1')).toHaveLength(2);
  const { stdout: sql } = await commandLine.run('script', ...file());
  // Without what is for psql alone.
  await trap.query(sql.replace(/^\\.*$/m, ''));
  const commands: [string, ...string[]][] = [
    ['provision', ...file()],
    ['status'],
    ['verify', ...file()],
    ['snapshot'],
    ['rotate', ...file()],
    ['baseline capture', '--seconds', '1'],
    ['rollback', '--confirm', application.target.database],
  ];
  for (const command of commands) expect(await commandLine.run(...command)).toMatchObject({ code: 0 });

  expect(await application.query('select caller from app.caught')).toEqual([]);
});

test('transactions that only read leave no password half changed, and the statement that is told ends that', async () => {
  const { user, database } = application.administrator;
  await commandLine.run('provision', ...file());
  const before = commandLine.secret();
  await application.query(`alter role ${user} in database ${database} set default_transaction_read_only = on`);
  const commands: [string, ...string[]][] = [
    ['rotate', ...file(), '--dry-run'],
    ['rotate', ...file()],
    ['rollback', '--dry-run'],
    ['rollback', '--confirm', String(database)],
  ];
  for (const command of commands)
    expect(await commandLine.run(...command)).toMatchObject({ code: 1, stderr: expect.stringMatching(READ_ONLY) });
  expect(commandLine.secret()).toEqual(before);
  const { stderr } = await commandLine.run('provision', ...file());
  await (await application.administer()).query(READ_ONLY.exec(stderr)?.[1] ?? '');

  expect(await commandLine.run('rotate', ...file())).toMatchObject({ code: 0 });
});

test('a locked ledger keeps no command waiting for ever: it names the process, its user and when its query began', async () => {
  await commandLine.run('provision', ...file());
  const other = await application.administer();
  const [{ pid } = { pid: 0 }] = (await other.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
  await other.query('begin; lock table umami._prisma_migrations');
  const results = await Promise.all(
    [['status'], ['verify'], ['provision', ...file()], ['rotate', ...file()], ['rollback', '--dry-run']].map(
      ([command = '', ...options]) => commandLine.start(command, ...options).result,
    ),
  );
  await other.query('rollback');

  const { user } = application.administrator;
  const holder = new RegExp(
    `^Something that has to be read is locked .* Process ${pid} of user ${user} holds a lock on umami\\._prisma_migrations, and its query began at [-\\d]+ [:\\d]+ UTC; the transaction is still open\\. .*$`,
    'm',
  );
  for (const { code, stderr } of results) expect([code, stderr]).toEqual([1, expect.stringMatching(holder)]);
});

test('a connection that the network cuts in the middle is told in a sentence', async () => {
  await commandLine.run('provision', ...file());
  const [gate, other] = [await makeGate(ANSWERS.pass), await application.administer()];
  await other.query('begin; lock table umami._prisma_migrations');
  const { result } = commandLine.start('status', '--port', String(gate.port));
  const waiting = `select pid from pg_locks where not granted and relation = 'umami._prisma_migrations'::regclass`;
  await expect.poll(() => application.query(waiting), { timeout: 30_000 }).toHaveLength(1);
  await gate.close();

  expect(await result).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^The connection to the database was cut: .* it continues where it stopped\.$/m),
  });
  await other.query('rollback');
});
