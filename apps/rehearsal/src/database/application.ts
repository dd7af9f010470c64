import { randomBytes } from 'node:crypto';
import { connect, scramVerifier } from '@user-metrics/umami-db/runtime';
import { type Client, escapeLiteral as literal, escapeIdentifier as name } from 'pg';
import type { CleanUp } from '../clean-up';
import { beginRun, COMMENT, nameOf, removalOf } from './given-server';
import type { DatabaseServer } from './server';

/** The existing application's part of the database: an administrator as on Aurora, and an application that works. */
export interface Application {
  readonly database: string;
  readonly schema: string;
  readonly admin: { readonly user: string; readonly password: string };
  readonly user: { readonly user: string; readonly password: string };
  /** Database role that Umami gets: roles are shared by all databases of a server. */
  readonly databaseRole: string;
  connectAdmin(): Promise<Client>;
  connectUser(): Promise<Client>;
}

const SCHEMA = 'application';

/** Orders that exist before the application starts to work. */
export const INITIAL_ORDERS = 2000;

/**
 * Prepares the database as on Aurora: an administrator that is not a superuser (CREATEROLE, CREATEDB, owner
 * of the database), a schema with tables, rows, a view, a function and a type, and a database role that works in it.
 */
export async function createApplication(
  server: DatabaseServer,
  wanted: { database: string; databaseRole: string; names: 'as wanted' | 'fresh' },
  cleanUp: CleanUp,
): Promise<Application> {
  const id = server.isOurs ? randomBytes(4).toString('hex') : await beginGivenRun(server, cleanUp);
  const named = (made: Parameters<typeof nameOf>[0], plain: string) =>
    wanted.names === 'fresh' ? nameOf(made, id) : plain;
  const database = named('database', wanted.database);
  const admin = { user: named('admin', 'aurora_admin'), password: newPassword() };
  const user = { user: named('user', 'application_user'), password: newPassword() };
  const databaseRole = named('umami', wanted.databaseRole);
  const { host, port, caCertificate: certificateAuthority } = server;
  const as = (who: { user: string; password: string }) => () =>
    connect({ host, port, database, certificateAuthority, ...who }, { retries: 0 });
  const application: Application = {
    database,
    schema: SCHEMA,
    admin,
    user,
    databaseRole,
    connectAdmin: as(admin),
    connectUser: as(user),
  };

  await run(await server.connectOwner(), [
    'begin',
    `create role ${name(admin.user)} with login createrole createdb password ${literal(await scramVerifier(admin.password))}`,
    `comment on role ${name(admin.user)} is ${literal(COMMENT)}`,
    `grant ${name(admin.user)} to current_user`,
    'commit',
    `create database ${name(database)} owner ${name(admin.user)}`,
  ]);
  await run(await application.connectAdmin(), [
    `create role ${name(user.user)} with login password ${literal(await scramVerifier(user.password))} connection limit 20`,
    `alter role ${name(user.user)} in database ${name(database)} set search_path = ${SCHEMA}`,
    ...APPLICATION_SQL,
    `grant usage on schema ${SCHEMA} to ${name(user.user)}`,
    `grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${name(user.user)}`,
    `grant usage on all sequences in schema ${SCHEMA} to ${name(user.user)}`,
    `alter default privileges in schema ${SCHEMA} grant select on tables to ${name(user.user)}`,
  ]);
  return application;
}

const APPLICATION_SQL = [
  `create schema ${SCHEMA}`,
  `set search_path = ${SCHEMA}`,
  `create type order_state as enum ('open', 'paid', 'sent')`,
  `create table customer (id bigint generated always as identity primary key, email text not null unique, created_at timestamptz not null default now())`,
  `create table "order" (
     id bigserial primary key,
     customer_id bigint not null references customer (id),
     state order_state not null default 'open',
     total numeric(12, 2) not null check (total >= 0),
     placed_at timestamptz not null default now())`,
  `create index order_customer_idx on "order" (customer_id, placed_at)`,
  `create view open_order as select * from "order" where state = 'open'`,
  `create function revenue() returns numeric language sql stable as 'select coalesce(sum(total), 0) from "order"'`,
  `insert into customer (email) select 'customer-' || n || '@example.com' from generate_series(1, 500) as n`,
  `insert into "order" (customer_id, total) select 1 + n % 500, n % 97 from generate_series(1, ${INITIAL_ORDERS}) as n`,
  'reset search_path',
];

async function run(client: Client, statements: readonly string[]): Promise<void> {
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** On the user's own server nothing of the rehearsal stays. */
async function beginGivenRun(server: DatabaseServer, cleanUp: CleanUp): Promise<string> {
  const { id, end } = await beginRun(server);
  cleanUp.add(async () => {
    await run(await server.connectOwner(), removalOf(id)).finally(end);
  });
  return id;
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
