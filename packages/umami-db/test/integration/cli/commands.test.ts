import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { LOCK } from '../../../runtime/provision/lock';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { migrateByContainer } from '../container';
import { hasPsql, psql } from '../psql';
import { superuser } from '../server';
import { stateOf } from '../state';
import { BIN, eachCommandLine, makeCommandLine, variablesOf } from './command';

const { application, commandLine } = eachCommandLine();
const file = () => ['--secret-file', commandLine.secretFile];

afterEach(async () => {
  vi.useRealTimers();
});

const confirm = () => ['--confirm', application.target.database];
const signIn = () => {
  const { username, password } = commandLine.secret();
  return application.signIn(String(username), String(password));
};

describe('provision', () => {
  test('sets everything up, keeps the secret in a file of ours alone, and says what it does', async () => {
    const { code, stdout, stderr } = await commandLine.run('provision', ...file());

    expect([code, stdout.split('\n')[0]]).toEqual([0, 'Schema umami has 26 migrations, 26 of them applied now.']);
    expect(stdout).toMatch(
      /^Reachable outside the schema: TEMPORARY on database .* by a grant to PUBLIC; revoked by: revoke /m,
    );
    expect(stderr).toContain('05_add_visit_id');
    expect(await describeSchema(await application.administer(), 'umami')).toEqual(umami340);
    expect(statSync(commandLine.secretFile).mode & 0o777).toBe(0o600);
    expect((await (await signIn()).query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(`${stdout}${stderr}`).not.toContain(commandLine.secret()['password']);
  });

  test('changes nothing as a dry run, prints JSON, and names what it would do as a dry run, without a verifier or hash of a password', async () => {
    const { databaseRole, database } = application.target;
    const before = await stateOf(application);
    const { code, stdout } = await commandLine.run('provision', ...file(), '--dry-run', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, pending: expect.arrayContaining(['01_init']) });
    expect(await stateOf(application)).toEqual(before);
    expect(() => commandLine.secret()).toThrow('ENOENT');
    const lines = (await commandLine.run('provision', ...file(), '--dry-run')).stdout.split('\n');

    expect(lines.slice(0, 4)).toEqual([
      `Would write: Secret file ${commandLine.secretFile}`,
      `Would run (database role and schema): create role "${databaseRole}" with login connection limit 30 password '…'`,
      expect.stringMatching(/^Would run \(database role and schema\): comment on role /),
      'Would run (database role and schema): create schema "umami"',
    ]);
    expect(lines.filter((line) => line === 'Would run (migrations): migration 01_init')).toHaveLength(1);
    expect(lines).toContain(
      `Would run (privileges and settings): grant connect on database "${database}" to "${databaseRole}"`,
    );
    expect(lines.join('\n')).not.toMatch(/SCRAM|\$2[ab]\$/);
    await commandLine.run('provision', ...file());
    expect((await commandLine.run('provision', ...file(), '--dry-run')).stdout).toBe(
      'There is nothing to do in the database.\nNothing was changed: this was a dry run.\n',
    );
    // It does not go back to an older Umami.
    expect(await commandLine.run('provision', ...file(), '--umami-version', '3.0')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Schema umami is beyond Umami 3.0'),
    });
  });

  test('leaves as it is in the database what no option names', async () => {
    const limits = ['--connection-limit', '12', '--statement-seconds', '7', '--idle-seconds', '8'];
    await commandLine.run('provision', ...file(), ...limits);
    await commandLine.run('provision', ...file(), '--tables-owner', 'umami');
    const before = await stateOf(application);

    expect((await commandLine.run('provision', ...file())).code).toBe(0);
    expect(await stateOf(application)).toEqual(before);
    const { stdout } = await commandLine.run('provision', ...file(), '--tables-owner', 'administrator', '--dry-run');
    expect(stdout).toContain(': alter the owner of the tables of schema umami to administrator_');
    expect(stdout).toMatch(/: lock table "umami"\."website_event", .* in access exclusive mode$/m);
    expect(stdout).not.toMatch(/: do\b/);
    expect(stdout).not.toContain('connection limit');
  });

  test('prints one line for all databases on which PUBLIC was granted the same', async () => {
    await application.query('create schema open; grant usage on schema open to public');
    await application.query('create table open.a (); create table open.b (); grant select on open.a, open.b to public');
    const { stdout } = await commandLine.run('provision', ...file());

    expect(stdout.match(/: CONNECT on database .*/g)).toHaveLength(1);
    expect(stdout).toContain('SELECT on table open.a, table open.b by a grant to PUBLIC; `umami-db verify` prints');
  });

  test("refuses Umami's own database role, and asks nobody to give it more rights", async () => {
    await commandLine.run('provision', ...file());
    const { username = '', password = '' } = commandLine.secret();
    const asUmami = { ...application.administrator, user: username, password };
    const other = makeCommandLine(application, variablesOf(asUmami));
    const ofAnother = ['--database-role', `${username}_2`];
    for (const command of [
      ['status'],
      ['provision', ...file()],
      ['rollback', ...confirm()],
      ['provision', ...file(), ...ofAnother],
      ['provision', ...file(), ...ofAnother, '--schema', 'umami_2'],
    ]) {
      const { code, stderr } = await other.run(command[0] ?? '', ...command.slice(1));
      expect([code, stderr.split('\n')[1]]).toEqual([
        1,
        `The connection is signed in as ${username}, which is Umami's own database role: nothing was changed. Sign in as an administrator of the database, on Aurora the master user, with DATABASE_URL, PGUSER and PGPASSWORD, or --admin-secret.`,
      ]);
    }
    other.close();
  });

  test('adopts on request', async () => {
    await migrateByContainer(application, { version: '2.15', madeBy: 'administrator' });
    expect(await commandLine.run('provision', ...file())).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/with --schema, or adopt it with --adopt if it is an Umami\.$/m),
    });

    expect((await commandLine.run('provision', ...file(), '--adopt')).stdout).toContain('19 of them applied now');
  });
});

test('script makes the file that stdout is sent to readable for its owner alone, for it holds a verifier', () => {
  const script = `${commandLine.secretFile}.sql`;
  const fd = openSync(script, 'w', 0o644);
  const about = ['--database-role', application.target.databaseRole, ...file()];
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'script', ...about], {
    env: commandLine.environment,
    stdio: ['ignore', fd, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(fd);

  expect([status, statSync(script).mode & 0o777]).toEqual([0, 0o600]);
  expect(stderr).toContain('only the owner of the file may read it now (mode 0600)');
  expect(readFileSync(script, 'utf8')).toContain('SCRAM-SHA-256$');
});

describe.skipIf(!hasPsql)('script', () => {
  test('prints what provision would do: applied by hand, it leads to the same state', async () => {
    const { stdout } = await commandLine.run('script', ...file());
    expect(await psql(application.administrator, stdout)).toEqual({ code: 0, complaints: '' });

    expect(await describeSchema(await application.administer(), 'umami')).toEqual(umami340);
    expect((await (await signIn()).query('select count(*)::int from "user"')).rows).toEqual([{ count: 1 }]);
    const before = await stateOf(application);
    expect(JSON.parse((await commandLine.run('provision', ...file(), '--json')).stdout)).toMatchObject({ applied: [] });
    expect(await stateOf(application)).toEqual(before);
    expect((await commandLine.run('script', ...file())).stdout).toMatch(/^-- .*: nothing to do\.\n$/);
  });
});

describe('verify and status', () => {
  test('tell what is missing, and that nothing is', async () => {
    expect((await commandLine.run('verify')).code).toBe(3);
    await commandLine.run('provision', ...file());
    expect(await commandLine.run('verify', ...file())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^\d+ escape attempts of \d+ kinds were made .* allowed, 0 not tried\. .*\nEverything is as it should be\.\n$/m,
      ),
    });
    const { databaseRole } = application.target;
    await application.query(`alter role ${databaseRole} connection limit -1; grant usage on schema app to ${databaseRole};
      grant select on app.orders to ${databaseRole}`);
    const { code, stdout } = await commandLine.run('verify', ...file(), '--json');

    expect(code).toBe(3);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      holds: false,
      missing: [`alter role "${databaseRole}" with connection limit 30`],
      updates: expect.arrayContaining([expect.stringMatching(/^Update recommended: images of Umami 3\.4/)]),
      signIn: 'tried',
    });
    expect(found.reachable).toContainEqual(
      expect.objectContaining({ object: 'table app.orders', privileges: 'SELECT', via: databaseRole, fails: true }),
    );
    const status = JSON.parse((await commandLine.run('status', '--json')).stdout);
    expect(status).toMatchObject({
      schema: { owner: 'umami-db (umami-db)' },
      pending: [],
      ahead: [],
      updates: found.updates,
    });
  });
});

test('verify fails when everything is there and Umami could not work with it, and says why; it shows no verifier', async () => {
  await commandLine.run('provision', ...file());
  const { databaseRole } = application.target;
  await application.query(`alter role ${databaseRole} set default_transaction_read_only = on`);
  const { code, stdout } = await commandLine.run('verify', ...file());

  expect([code, stdout]).toEqual([3, expect.stringMatching(/^Database role .* cannot add a row to table website /m)]);

  // Another password could be guessed from its verifier.
  await application.query(`alter role ${databaseRole} password 'of somebody'`);
  const other = await commandLine.run('verify', ...file());

  expect([other.code, other.stdout]).toEqual([3, expect.stringContaining("with login password '…'")]);
  expect(other.stdout).not.toContain('SCRAM');
});

test('an interrupted rotation is told by verify and a dry run, which change nothing, and finished by rotate', async () => {
  await commandLine.run('provision', ...file());
  const value = { ...commandLine.secret(), password: 'the staged one' };
  writeFileSync(`${commandLine.secretFile}.pending`, JSON.stringify(value));
  const before = await stateOf(application);

  expect(await commandLine.run('verify', ...file())).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('A change of the password was interrupted: rotate or provision completes it'),
  });
  expect((await commandLine.run('rotate', ...file(), '--dry-run')).stdout).toMatch(
    /that was interrupted would be completed\. Nothing was changed/,
  );
  expect(await stateOf(application)).toEqual(before);
  expect((await commandLine.run('rotate', ...file())).stdout).toContain('was interrupted was completed');
  expect(commandLine.secret()['password']).toBe('the staged one');
  expect((await commandLine.run('verify', ...file())).code).toBe(0);
});

test('rotate refuses what is not there, as a dry run too', async () => {
  for (const options of [[], ['--dry-run']]) {
    expect(await commandLine.run('rotate', ...file(), ...options)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no database role'),
    });
  }
});

test('a command that takes long says so on stderr, and its result is clean', async () => {
  const other = await application.administer();
  await other.query(`select pg_advisory_lock(${LOCK})`);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const result = commandLine.run('rollback', '--json', ...confirm());
  const waiting = `select count(*)::int as locks from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  await expect.poll(() => application.query(waiting)).toEqual([{ locks: 1 }]);
  vi.advanceTimersByTime(10_000);
  await other.query(`select pg_advisory_unlock(${LOCK})`);
  const { stdout, stderr } = await result;

  expect(stderr).toMatch(/^ +\d+\.\d s {2}still at it …$/m);
  expect(JSON.parse(stdout)).toEqual({ removed: [], kept: [] });
});

describe('the connection', () => {
  test('is asked for when it is missing, and verified', async () => {
    const other = makeCommandLine(application, {});
    expect(await other.run('status')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give DATABASE_URL; or PGHOST'),
    });
    other.close();
    const { port } = superuser('postgres');
    const { stderr } = await commandLine.run('status', '--ca', __filename, '--port', String(port));
    expect(stderr).toMatch(/certificate .* is not trusted/);
  });
});

test('rollback removes what a person names, also what would go back to the resource before', async () => {
  const owner = { name: 'Stack/test', stack: 'a' };
  await application.provision({ owner: { ...owner, id: 'umami-1' } });
  await application.provision({ owner: { ...owner, id: 'umami-2' } });
  const options = ['--owner', 'Stack/test', '--json'];
  const would = await commandLine.run('rollback', ...options, '--dry-run');
  const shown = await commandLine.run('rollback', '--owner', 'Stack/test', '--dry-run');
  expect(shown.stdout).toContain('would be removed: schema umami\n');
  const { code, stdout } = await commandLine.run('rollback', ...options, ...confirm());

  const removed = ['schema umami', 'schema umami_migrations', `database role ${application.target.databaseRole}`];
  expect(JSON.parse(would.stdout)).toEqual({ removed, kept: [], dryRun: true });
  expect([code, JSON.parse(stdout)]).toEqual([0, { removed, kept: [] }]);
  expect(await application.query(`select 1 from pg_namespace where nspname like 'umami%'`)).toEqual([]);
});
