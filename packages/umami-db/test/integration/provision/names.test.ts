import { Client, escapeIdentifier } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { provision } from '../../../runtime/provision/provision';
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
  const run = () => provision(administrator, target, { password: PASSWORD, canSignIn: async () => true });

  expect((await run()).applied).toHaveLength(26);
  expect(await run()).toMatchObject({ applied: [], present: 26 });
  const role = await signIn(target.databaseRole, PASSWORD);
  const { rows } = await role.query(`select current_user as role, current_schema() as schema,
    current_setting('statement_timeout') as timeout, (select count(*)::int from website) as websites`);
  expect(rows).toEqual([{ role: target.databaseRole, schema: target.schema, timeout: '8s', websites: 0 }]);
});
