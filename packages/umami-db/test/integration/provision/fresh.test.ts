import { compare, hash } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../../../runtime/migrations/index';
import { type ProvisionReport, provision } from '../../../runtime/provision/provision';
import { type Application, makeApplication, PASSWORD } from '../application';

const NAMES = migrations.map(({ name }) => name);
const MARK = 'user-metrics owner: {"name":"Stack/test","id":"umami-1"}';

let application: Application;
let report: ProvisionReport;
const steps: [string, number][] = [];

beforeAll(async () => {
  application = await makeApplication();
  report = await application.provision(
    {},
    {
      administratorPasswordHash: await hash('of the administrator', 4),
      canSignIn: () => Promise.reject(new Error('a role that does not exist cannot sign in')),
      onStep: (...step) => steps.push(step),
    },
  );
});

afterAll(() => application.close());

describe('the first provisioning', () => {
  test('reports what it did', () => {
    expect(report).toEqual({
      server: expect.stringMatching(/^17\./),
      applied: NAMES,
      present: 26,
      ahead: [],
      reachable: expect.any(Array),
      warnings: [],
    });
  });

  test('tells of each step when it is done, and how long it took', () => {
    expect(steps.map(([step]) => step)).toEqual([
      'inspection',
      'database role and schema',
      'migrations',
      'privileges and settings',
      'isolation',
    ]);
    for (const [, milliseconds] of steps) expect(milliseconds).toSatisfy((value) => Number.isInteger(value));
  });

  test('gives each row of the ledger an id of its own, as Prisma does', async () => {
    const ids = await application.query<{ id: string }>('select distinct id from umami._prisma_migrations');

    expect(ids).toHaveLength(26);
    for (const { id } of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('writes ownership comments on schema, ledger and database role; that of the database role names its schema', async () => {
    const marks = `select nspname, obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname like 'umami%'
      union all select 'role', shobj_description(oid, 'pg_authid') from pg_roles where rolname = $1 order by 1`;

    const { database, databaseRole } = application.target;
    const ofRole = MARK.replace('}', `,"database":"${database}","schema":"umami"}`);
    expect(await application.query(marks, [databaseRole])).toEqual([
      { nspname: 'role', mark: ofRole },
      { nspname: 'umami', mark: MARK },
      { nspname: 'umami_migrations', mark: MARK },
    ]);
  });

  test("makes Umami's administrator with the password that was given", async () => {
    const [user] = await application.query<{ password: string }>('select username, role, password from umami."user"');

    expect(user).toMatchObject({ username: 'admin', role: 'admin' });
    expect(await compare('of the administrator', user?.password ?? '')).toBe(true);
  });

  test('makes a role that can sign in, and is nothing more', async () => {
    const role = `select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolcanlogin, rolconnlimit,
      (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships
      from pg_roles where rolname = $1`;

    expect(await application.query(role, [application.target.databaseRole])).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        rolbypassrls: false,
        rolcanlogin: true,
        rolconnlimit: 30,
        memberships: 0,
      },
    ]);
    await expect(application.signIn(application.target.databaseRole, PASSWORD)).resolves.toBeDefined();
  });

  test('leaves nothing outside its two schemas', async () => {
    const outside = `select relname from pg_class where relnamespace = 'public'::regnamespace
      union all select extname from pg_extension where extname <> 'plpgsql'
      union all select relname from pg_class where relnamespace = 'app'::regnamespace`;

    expect(await application.query(outside)).toEqual([{ relname: 'orders' }]);
  });
});

test('the administrator of Umami is not made unless a password is given', async () => {
  const other = { schema: 'without', databaseRole: `${application.target.databaseRole}_without` };
  await application.provision(other);

  expect(await application.query('select * from without."user"')).toEqual([]);
});

test('the connection is left with its own search_path', async () => {
  const client = await application.administer();
  const searchPath = async () => (await client.query('show search_path')).rows;
  const before = await searchPath();
  await provision(client, application.target, { password: PASSWORD, canSignIn: async () => true });

  expect(await searchPath()).toEqual(before);
});
