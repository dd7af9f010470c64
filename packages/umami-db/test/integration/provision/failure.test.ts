import { describe, expect, test, vi } from 'vitest';
import { execute } from '../../../runtime/provision/execute';
import { provision } from '../../../runtime/provision/provision';
import { commentOn } from '../../../runtime/sql/ownership-comment';
import { statements } from '../../../runtime/steps/statement';
import { eachApplication, PASSWORD } from '../application';

const INPUT = { password: PASSWORD, canSignIn: async () => true };

const application = eachApplication();

/** A provisioned schema with something that has the name of a table of the last migration. */
async function obstacle(): Promise<void> {
  const administrator = await application.administer();
  await administrator.query('create schema umami; create type umami.session_replay_saved as (x int)');
  await administrator.query(commentOn('schema', 'umami', application.target.owner));
}

describe('a migration that fails', () => {
  test('leaves neither tables nor rows in a ledger, and a role that the next run uses', async () => {
    await obstacle();
    await expect(application.provision()).rejects.toThrow('relation "session_replay_saved" already exists');

    expect(await application.query(`select tablename from pg_tables where schemaname = 'umami'`)).toEqual([]);
    expect(await application.query(`select to_regclass('umami_migrations.migrations') as ledger`)).toEqual([
      { ledger: null },
    ]);

    await application.query('drop type umami.session_replay_saved');
    const report = await application.provision();
    expect([report.applied.length, report.present]).toEqual([26, 26]);
    await expect(application.signIn(application.target.databaseRole, PASSWORD)).resolves.toBeDefined();
  });

  test('leaves the connection with its own search_path, in no transaction, and without the lock', async () => {
    await obstacle();
    const client = await application.administer();
    await expect(provision(client, application.target, INPUT)).rejects.toThrow('already exists');

    const { rows } = await client.query(
      `select current_setting('search_path') as path, now() = statement_timestamp() as alone`,
    );
    expect(rows).toEqual([{ path: '"$user", public', alone: true }]);
    const locks = `select 1 from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`;
    expect(await application.query(locks)).toEqual([]);
  });

  test('prints nothing: what fails is thrown, and reported once', async () => {
    await obstacle();
    const printers = [
      ...(['debug', 'info', 'log', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level)),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    await expect(application.provision()).rejects.toThrow('already exists');
    const printed = printers.flatMap((printer) => printer.mock.calls);
    vi.restoreAllMocks();

    expect(printed).toEqual([]);
  });
});

describe('what comes into being together', () => {
  test('fails together: without the right to make a schema there is no role either', async () => {
    const { database, databaseRole } = application.target;
    await application.query(`alter database ${database} owner to postgres`);
    await expect(application.provision()).rejects.toThrow(
      `run: grant create on database "${database}" to "${application.administrator.user}"; and then try again.`,
    );

    expect(await application.query('select 1 from pg_roles where rolname = $1', [databaseRole])).toEqual([]);
  });

  test('fails together: without the right to make a role there is no schema either', async () => {
    await application.query(`alter role ${application.administrator.user} nocreaterole`);
    await expect(application.provision()).rejects.toThrow(
      `run: alter role "${application.administrator.user}" createrole; and then try again.`,
    );

    expect(await application.query(`select 1 from pg_namespace where nspname like 'umami%'`)).toEqual([]);
  });
});

test('a role that could not connect in the end fails the provisioning, until the owner of the database lets it in', async () => {
  const { database, databaseRole } = application.target;
  const { user } = application.administrator;
  await application.query(`alter database ${database} owner to postgres;
    grant create, connect on database ${database} to ${user}; revoke connect on database ${database} from public`);
  const statement = `grant connect on database "${database}" to "${databaseRole}"`;

  await expect(application.provision()).rejects.toMatchObject({
    name: 'ProvisionError',
    message: `Database role ${databaseRole} may not connect to database ${database}, and the administrator may not grant it. Let the owner of the database run: ${statement}. Then deploy again.`,
  });
  await application.query(statement);
  expect(await application.provision()).toMatchObject({ present: 26 });
  await expect(application.signIn(databaseRole, PASSWORD)).resolves.toBeDefined();
});

test('a section names the process that holds what it changes, also where that is a database role', async () => {
  const [client, other] = [await application.administer(), await application.administer()];
  const { databaseRole } = application.target;
  await client.query(`create role ${databaseRole}`);
  const [{ pid } = { pid: 0 }] = (await other.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
  const sql = `alter role ${databaseRole} connection limit 1`;
  await other.query(`begin; ${sql}`);
  const section = { name: 'tables', statements: statements(sql) };
  const execution = { target: application.target, lockRetryTime: 0 };

  await expect(execute(client, section, execution)).rejects.toMatchObject({
    name: 'ProvisionError',
    message: expect.stringMatching(
      `^The step "tables" got no lock on what it changes .* Process ${pid} of user administrator_\\w+ holds a lock on pg_auth`,
    ),
  });
  await other.query('rollback');
  await execute(client, section, execution);
});
