import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';

/** What the application measured. */
export interface Borne {
  /** Statements that were done. */
  readonly statements: number;
  /** Messages of statements that failed. */
  readonly errors: readonly string[];
  /** The slowest statement, in milliseconds. */
  readonly slowest: number;
  /** Rows that were added to app.events, by what the application was told. */
  readonly added: number;
}

export interface Workload {
  /** Resolves when so many statements were done from now on. */
  more(statements: number): Promise<void>;
  stop(): Promise<Borne>;
}

/** What the application is; `billing` and its rows stand still, `scratch` is where it does DDL. */
export const APPLICATION = `
  create schema app; create schema billing; create schema scratch;
  create table app.accounts (id int primary key, balance numeric not null default 0);
  insert into app.accounts select generate_series(1, 100);
  create table app.events (id bigserial primary key, account int references app.accounts, note text);
  create table billing.invoices (id int primary key, total numeric, sent bool default false);
  insert into billing.invoices select number, number * 1.5 from generate_series(1, 5000) as number;
  create index invoices_total_idx on billing.invoices (total);
  create view billing.open as select * from billing.invoices where not sent;
  create function billing.sum() returns numeric language sql as 'select sum(total) from billing.invoices';
  comment on table billing.invoices is 'of the application';`;

type Work = (client: Client, number: number) => Promise<number>;

async function each(client: Client, statements: readonly string[]): Promise<number> {
  for (const statement of statements) await client.query(statement);
  return 0;
}

const transfer: Work = async (client, number) => {
  const statements = ['begin', `insert into app.events (account, note) values (${number}, 'x')`];
  await each(client, [...statements, `update app.accounts set balance = balance + 1 where id = ${number}`, 'commit']);
  return 1;
};

const read: Work = (client) =>
  each(client, ['select count(*) from billing.open', 'select billing.sum()', 'select max(id) from app.events']);

/** A transaction that stays open for a while, with all that it has seen and locked. */
const linger: Work = async (client, number) => {
  await each(client, ['begin isolation level repeatable read', 'select count(*) from app.events']);
  await client.query(`select from app.accounts where id = ${number} for update`);
  await setTimeout(80);
  return each(client, ['commit']);
};

const defineTables: Work = (client, number) => {
  const table = `scratch.table_${number}`;
  return each(client, [
    ...['begin', `create table ${table} (id int primary key, note text)`, `create index on ${table} (note)`, 'commit'],
    `alter table ${table} add more jsonb default '{}'`,
    `grant select on ${table} to public`,
    `create view scratch.view_${number} as select * from ${table}`,
    `comment on table ${table} is 'soon gone'`,
    `drop table ${table} cascade`,
    'create temporary table passing (id int) on commit drop',
  ]);
};

const defineRoles: Work = (client, number) =>
  each(client, [
    `create role tenant_${number} login`,
    `alter role tenant_${number} set search_path = app`,
    `grant usage on schema scratch to tenant_${number}`,
    `revoke usage on schema scratch from tenant_${number}`,
    `drop role tenant_${number}`,
  ]);

/** Who works at the same time. */
const WORKERS: readonly Work[] = [
  ...Array<Work>(12).fill(transfer),
  ...Array<Work>(4).fill(read),
  ...Array<Work>(2).fill(linger),
  ...Array<Work>(3).fill(defineTables),
  defineRoles,
];

/** Starts the application's work, each worker on a connection of its own. */
export async function startWorkload(connect: () => Promise<Client>): Promise<Workload> {
  let running = true;
  let [statements, added, slowest] = [0, 0, 0];
  const errors: string[] = [];
  const work = async (worker: Work, number: number) => {
    const client = await connect();
    const query = client.query.bind(client) as (sql: string) => Promise<unknown>;
    client.query = (async (sql: string) => {
      const start = performance.now();
      const result = await query(sql);
      slowest = Math.max(slowest, performance.now() - start);
      statements += 1;
      return result;
    }) as typeof client.query;
    while (running) {
      try {
        // Read after the wait: others add to it meanwhile.
        const more = await worker(client, number);
        added += more;
      } catch (error) {
        errors.push((error as Error).message);
        await query('rollback');
      }
    }
  };
  const workers = WORKERS.map((worker, index) => work(worker, index + 1));
  return {
    more: async (wanted) => {
      const goal = statements + wanted;
      while (statements < goal && errors.length === 0) await setTimeout(5);
    },
    stop: async () => {
      running = false;
      await Promise.all(workers);
      return { statements, errors, slowest: Math.round(slowest), added };
    },
  };
}
