import { Client, escapeIdentifier } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { provision } from '../../../runtime/provision/provision';
import type { Target } from '../../../runtime/target/target';
import { HOSTILE } from '../../support/hostile-names';
import { eachApplication, PASSWORD } from '../application';
import { execute, superuser } from '../server';

const application = eachApplication();
let database: string;
const clients: Client[] = [];

beforeEach(async () => {
  database = `${HOSTILE.database} ${application.target.database}`;
  await execute(`create database ${escapeIdentifier(database)} owner ${application.administrator.user}`);
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await execute(`drop database ${escapeIdentifier(database)} with (force)`);
});

async function signIn(user: string, password: string): Promise<Client> {
  const client = new Client({ ...superuser(database), user, password });
  clients.push(client);
  await client.connect();
  return client;
}

test('names of database, schema, role and owner may hold quotes, percent signs, backslashes and letters of any kind', async () => {
  // Role names are shared by all tests of the server; the ledger of node-pg-migrate takes no quotes in a schema's name.
  const target = { ...HOSTILE, database, databaseRole: `${HOSTILE.databaseRole} ${application.target.databaseRole}` };
  const administrator = await signIn(application.administrator.user, application.administrator.password);
  const run = (differing: Partial<Target> = {}, canSignIn = true) =>
    provision(administrator, { ...target, ...differing }, { password: PASSWORD, canSignIn: async () => canSignIn });

  expect((await run()).applied).toHaveLength(26);
  expect(await run()).toMatchObject({ applied: [], present: 26 });
  const seen = async () => {
    const role = await signIn(target.databaseRole, PASSWORD);
    const { rows } = await role.query(`select current_user as role, current_schema() as schema, rolconnlimit as limit,
      current_setting('statement_timeout') as timeout, (select count(*)::int from website) as websites
      from pg_roles where rolname = current_user`);
    return rows[0];
  };
  const facts = { role: target.databaseRole, schema: target.schema, websites: 0 };
  expect(await seen()).toEqual({ ...facts, limit: 7, timeout: '8s' });
  await run({ limits: { ...target.limits, connections: 8 }, tablesOwner: 'umami' }, false);
  expect(await seen()).toEqual({ ...facts, limit: 8, timeout: '0' });
});
