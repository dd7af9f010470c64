import { runner } from 'node-pg-migrate';
import { Client, escapeIdentifier } from 'pg';
import { migrationsUpTo } from '../../migrations/index';
import { migrationSource } from '../../migrations/node-pg-migrate';
import type { Seed } from '../../runtime/migrations/seed';
import { freshDatabase } from './server';

export type Row = Record<string, unknown>;

/** A schema `umami` in a database of its own, and what a test does with it. */
export interface UmamiSchema {
  readonly client: Client;
  /** Runs what has not run yet, in one transaction; answers with the names. */
  migrate(upTo?: string, seed?: Seed): Promise<string[]>;
  insert(table: string, ...rows: Row[]): Promise<void>;
  query(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

export async function emptySchema(): Promise<UmamiSchema> {
  const database = await freshDatabase();
  const client = new Client(database.connection);
  await client.connect();
  await client.query(`CREATE SCHEMA umami; SET search_path = umami; SET timezone = 'UTC'`);
  return {
    client,
    migrate: (upTo, seed = {}) => migrate(client, seed, upTo),
    insert: async (table, ...rows) => {
      for (const row of rows) await insert(client, table, row);
    },
    query: async (sql) => (await client.query<Row>(sql)).rows,
    close: async () => {
      await client.end();
      await database.close();
    },
  };
}

/** A uuid that can be told from others at a glance. */
export function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

async function migrate(client: Client, seed: Seed, upTo: string | undefined): Promise<string[]> {
  const run = await runner({
    ...migrationSource(seed, migrationsUpTo(upTo)),
    dbClient: client,
    direction: 'up',
    schema: 'umami',
    migrationsSchema: 'ledger',
    createMigrationsSchema: true,
    migrationsTable: 'pgmigrations',
    singleTransaction: true,
    log: () => undefined,
  });
  return run.map((migration) => migration.name);
}

async function insert(client: Client, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row).map(escapeIdentifier).join(', ');
  const places = Object.keys(row).map((_, position) => `$${position + 1}`);
  await client.query(
    `INSERT INTO ${escapeIdentifier(table)} (${columns}) VALUES (${places.join(', ')})`,
    Object.values(row),
  );
}
