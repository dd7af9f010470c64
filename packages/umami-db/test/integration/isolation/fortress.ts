import { type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import { Client } from 'pg';
import type { Family } from '../../../runtime/isolation/families/family';
import { families as all } from '../../../runtime/isolation/families/index';
import { type IsolationReport, verifyIsolation } from '../../../runtime/isolation/verify-isolation';
import { provision } from '../../../runtime/provision/provision';
import { DEFAULT_LIMITS, type Target } from '../../../runtime/target/target';
import { PASSWORD } from '../application';

/** A server of its own with an application, beside which Umami was provisioned by an administrator that is no superuser. */
export interface Fortress {
  readonly target: Target;
  /** The administrator. */
  readonly administrator: Client;
  /** Umami's database role. */
  role(): Client;
  /** Runs SQL as superuser. */
  run(sql: string, values?: unknown[]): Promise<unknown[]>;
  /** Signs Umami's database role in to a database, and out again. */
  signIn(database: string): Promise<void>;
  /** Renews the connection of Umami's database role: what it is, it is from its start. */
  signInAgain(): Promise<void>;
  verify(families?: readonly Family[]): Promise<IsolationReport>;
  close(): Promise<void>;
}

/** One thing of each kind that the attempts are made on; nobody was granted any of it. */
const APPLICATION = `
  create role other login;
  create schema app;
  create table app.orders (id int, card text);
  insert into app.orders values (1, 'of a customer');
  create table app.orders_log (id int);
  create view app.names as select id, card from app.orders;
  create materialized view app.totals as select 1 as total;
  create foreign data wrapper nowhere;
  create server remote foreign data wrapper nowhere;
  create foreign table app.remote (id int) server remote;
  create sequence app.numbers;
  create function app.card() returns text language sql security definer as 'select card from app.orders';
  create function app.plain() returns int language sql as 'select 1';
  create procedure app.clear() language sql as 'delete from app.orders_log';
  create extension dblink schema app;
  select lo_from_bytea(77, 'of a customer');
  analyze app.orders;`;

export async function makeFortress(version: PostgresVersion, settings: Record<string, string> = {}): Promise<Fortress> {
  const server = await startPostgres({ version, settings });
  const clients: Client[] = [];
  const connect = async (user: string, password: string, database: string) => {
    const client = new Client({
      host: server.host,
      port: server.port,
      ssl: { ca: server.caCertificate },
      user,
      password,
      database,
    });
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  };
  const { user, password } = server.superuser;
  const first = await connect(user, password, 'postgres');
  await first.query(`create role administrator login createrole password '${PASSWORD}'`);
  await first.query('create database application owner administrator');
  const superuser = await connect(user, password, 'application');
  await superuser.query(APPLICATION);
  const target: Target = {
    database: 'application',
    schema: 'umami',
    databaseRole: 'umami_user',
    owner: { name: 'Stack/test', id: 'umami-1' },
    limits: DEFAULT_LIMITS,
  };
  const administrator = await connect('administrator', PASSWORD, 'application');
  await provision(administrator, target, { password: PASSWORD, canSignIn: async () => true });
  let role = await connect(target.databaseRole, PASSWORD, 'application');
  const signIn = async (database: string) => (await connect(target.databaseRole, PASSWORD, database)).end();
  return {
    target,
    administrator,
    role: () => role,
    run: async (sql, values) => {
      const results = [await superuser.query(sql, values)].flat();
      return results.at(-1)?.rows ?? [];
    },
    signIn,
    signInAgain: async () => {
      await role.end();
      role = await connect(target.databaseRole, PASSWORD, 'application');
    },
    verify: (families = all) => verifyIsolation(role, target, signIn, families),
    close: async () => {
      await Promise.all(clients.map((client) => client.end().catch(() => {})));
      await server.stop();
    },
  };
}
