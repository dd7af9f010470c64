import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier, escapeLiteral, type QueryResultRow } from 'pg';
import { afterEach, beforeEach } from 'vitest';
import type { ConnectionOptions } from '../../runtime/connection/connect';
import { type ProvisionInput, type ProvisionReport, provision } from '../../runtime/provision/provision';
import { DEFAULT_LIMITS, type Target } from '../../runtime/target/target';
import { fastSignIn } from './fast-sign-in';
import { execute, freshDatabase, serverOf, superuser, type TestServer } from './server';

/** An application's database, and an administrator of the kind that Aurora gives: everything but a superuser. */
export interface Application {
  /** What Umami is to get here; nothing of it exists yet. */
  readonly target: Target;
  readonly administrator: ConnectionOptions;
  /** Runs SQL as superuser. */
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Signs in; the connection ends with close(). */
  signIn(user: string, password: string): Promise<Client>;
  /** Signs in as the administrator. */
  administer(): Promise<Client>;
  /** Provisions as the administrator: the target and {@link PASSWORD}, with whatever differs. */
  provision(differing?: Partial<Target>, input?: Partial<ProvisionInput>): Promise<ProvisionReport>;
  /** Names of Umami's schemas and of its database role, as they exist. */
  remains(): Promise<string[]>;
  close(): Promise<void>;
}

/** Password of Umami's role. */
export const PASSWORD = 'of the role';

const ADMINISTRATOR_PASSWORD = "the administrator's";

export async function makeApplication(server: TestServer = serverOf()): Promise<Application> {
  const database = await freshDatabase(server);
  const suffix = randomBytes(6).toString('hex');
  const { port, caCertificate } = server;
  const administrator: ConnectionOptions = {
    host: 'localhost',
    port,
    database: database.name,
    user: `administrator_${suffix}`,
    password: ADMINISTRATOR_PASSWORD,
    certificateAuthority: caCertificate,
  };
  const clients: Client[] = [];
  const signIn = async (user: string, password: string) => {
    const client = new Client({ ...superuser(database.name, server), user, password });
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  };
  const { user, password } = superuser(database.name, server);
  const root = await signIn(String(user), String(password));
  await root.query(`${fastSignIn(server.version)}
    create role ${administrator.user} with login createdb createrole password ${escapeLiteral(ADMINISTRATOR_PASSWORD)};
    alter database ${database.name} owner to ${administrator.user};
    create schema app;
    create table app.orders (id int, card text);
    insert into app.orders values (1, 'secret of a customer');
    reset all;
  `);
  const administer = () => signIn(administrator.user, administrator.password);
  const target: Target = {
    database: database.name,
    schema: 'umami',
    databaseRole: `umami_${suffix}`,
    owner: { name: 'Stack/test', id: 'umami-1' },
    limits: DEFAULT_LIMITS,
  };
  const known = { password: PASSWORD, canSignIn: async () => true };
  return {
    target,
    administrator,
    query: async (sql, values) => (await root.query(sql, values)).rows,
    signIn,
    administer,
    provision: async (differing, input) =>
      provision(await administer(), { ...target, ...differing }, { ...known, ...input }),
    remains: async () => {
      const { rows } = await root.query<{ name: string }>(
        `select nspname::text as name from pg_namespace where nspname like 'umami%'
         union all select rolname::text from pg_roles where rolname = $1 order by 1`,
        [target.databaseRole],
      );
      return rows.map(({ name }) => name);
    },
    close: async () => {
      const { rows } = await root.query('select rolname from pg_roles where strpos(rolname, $1) > 0', [suffix]);
      await Promise.all(clients.map((client) => client.end()));
      await database.close();
      await execute(`drop role ${rows.map(({ rolname }) => escapeIdentifier(rolname)).join(', ')}`, server);
    },
  };
}

/** An application for each test of a file, in the same object, which goes after the test. */
export function eachApplication(): Application {
  const application = {} as Application;
  beforeEach(async () => void Object.assign(application, await makeApplication()));
  afterEach(() => application.close());
  return application;
}
