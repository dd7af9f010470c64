import { Client, escapeIdentifier as ident } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { provision } from '../../../runtime/provision/provision';
import { rollback } from '../../../runtime/provision/rollback';
import { commentOn } from '../../../runtime/sql/ownership-comment';
import type { Target } from '../../../runtime/target/target';
import { eachApplication, PASSWORD } from '../application';
import { execute, superuser } from '../server';
import { stateOf } from '../state';

// Database roles belong to all databases of a cluster; the names of schema, database role and owner have defaults.

const application = eachApplication();
let other: string;
let clients: Client[];

beforeEach(async () => {
  other = `${application.target.database} "two", ü`;
  clients = [];
  await execute(`create database ${ident(other)} owner ${application.administrator.user}`);
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await execute(`drop database if exists ${ident(other)} with (force)`);
});

const connectTo = async (database: string) => {
  const { user, password } = application.administrator;
  const client = new Client({ ...superuser(database), user, password });
  clients.push(client);
  client.on('error', () => {});
  await client.connect();
  return client;
};
const inOther = (differing: Partial<Target> = {}): Target => ({ ...application.target, database: other, ...differing });
const provisionOther = async (differing?: Partial<Target>) =>
  provision(await connectTo(other), inOther(differing), { password: 'of another', canSignIn: async () => false });
const rollbackOther = async (input: object = {}) =>
  rollback(await connectTo(other), inOther(), { connectTo, final: true, ...input });
const signIn = () => application.signIn(application.target.databaseRole, PASSWORD);
/** The comment of the database role, as releases wrote it that did not name the database. */
const writeOldComment = () =>
  application.query(commentOn('role', application.target.databaseRole, application.target.owner));
const comment = async () => {
  const sql = `select shobj_description(oid, 'pg_authid') as text from pg_roles where rolname = $1`;
  const [row] = await application.query<{ text: string }>(sql, [application.target.databaseRole]);
  return JSON.parse(row?.text.replace(/^.*?: /, '') ?? '');
};

describe('a second Umami with the names of the first one', () => {
  test('is refused in another database before anything changes, and a rollback there keeps the database role', async () => {
    await application.provision();
    const { database, databaseRole } = application.target;
    const before = await stateOf(application);
    const message = `Database role ${databaseRole} is for schema umami in database ${database}, and all databases of the cluster share it: nothing was changed. Choose another database role for schema umami in database ${other} with \`databaseRoleName\`, e.g. ${databaseRole}_${other}.`;

    await expect(provisionOther()).rejects.toMatchObject({ name: 'ProvisionError', message });
    const kept = [`database role ${databaseRole}: is for schema umami in database ${database}`];
    expect(await rollbackOther()).toEqual({ removed: [], kept });
    expect(await stateOf(application)).toEqual(before);
    await signIn();

    expect(await provisionOther({ databaseRole: `${databaseRole}_2` })).toMatchObject({ present: 26 });
  });

  test('is refused in the same database for another schema', async () => {
    await application.provision();
    const before = await stateOf(application);

    const { databaseRole } = application.target;
    await expect(application.provision({ schema: 'metrics' })).rejects.toThrow(`e.g. ${databaseRole}_metrics.`);
    expect(await stateOf(application)).toEqual(before);
  });

  test('gets the database role when the first database is gone', async () => {
    await provisionOther();
    await execute(`drop database ${ident(other)} with (force)`);
    await application.provision();

    expect(await comment()).toMatchObject({ database: application.target.database, schema: 'umami' });
  });

  test('is refused where it would adopt a database role that has rights in another database', async () => {
    const { database, databaseRole } = application.target;
    await application.query(`create role ${databaseRole} login; grant usage on schema app to ${databaseRole}`);

    await expect(provisionOther({ adopt: true })).rejects.toThrow(
      `Database role ${databaseRole} cannot be adopted: it has rights in database ${database} too.`,
    );
  });
});

test('a database role that reads another schema of the same owner is not isolated', async () => {
  await application.provision();
  const second = { schema: 'metrics', databaseRole: `${application.target.databaseRole}_2` };
  await application.provision(second);
  await application.query(`grant usage on schema umami to ${second.databaseRole};
    grant select on umami.session to ${second.databaseRole}`);

  await expect(application.provision(second)).rejects.toThrow(
    'was given rights outside of schema metrics: SELECT on table umami.session',
  );
});

describe('a comment that names no database, of an earlier release,', () => {
  test('is written anew where the database role is set up', async () => {
    await application.provision();
    await writeOldComment();

    await expect(provisionOther()).rejects.toThrow(`is for schema umami in database ${application.target.database},`);
    await application.provision();
    expect(await comment()).toMatchObject({ id: 'umami-1', database: application.target.database, schema: 'umami' });
  });

  test('keeps an administrator going who may not write it', async () => {
    await application.provision();
    await writeOldComment();
    const { databaseRole } = application.target;
    const { user } = application.administrator;
    await application.query(`alter role ${user} nocreaterole; revoke ${databaseRole} from ${user}`);

    expect(await application.provision()).toMatchObject({ applied: [], present: 26 });
    expect(await comment()).not.toHaveProperty('database');
  });

  test('is refused where two databases have the role, until a rollback or a statement decides', async () => {
    await provisionOther();
    // What the earlier release left when the second one had failed.
    await application.query(`alter role ${application.target.databaseRole} password '${PASSWORD}';
      alter role ${application.target.databaseRole} in database ${application.target.database} set search_path = umami`);
    await writeOldComment();
    await expect(application.provision()).rejects.toThrow(
      `If Umami does not use it there any more, run: alter role "${application.target.databaseRole}" in database "${other.replaceAll('"', '""')}" reset search_path; and then try again.`,
    );
    const connection = await signIn();
    expect(await rollbackOther()).toMatchObject({ removed: ['schema umami', 'schema umami_migrations'] });

    expect(await application.provision()).toMatchObject({ present: 26 });
    expect((await connection.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
