import { randomUUID } from 'node:crypto';
import { Client, type ClientConfig, escapeIdentifier } from 'pg';
import { inject } from 'vitest';

export interface Database {
  readonly name: string;
  /** How the superuser connects to it. */
  readonly connection: ClientConfig;
  close(): Promise<void>;
}

/** How the superuser connects to a database of the test server. */
export function superuser(database: string): ClientConfig {
  const { port, user, password, authority } = inject('postgres');
  return { host: 'localhost', port, user, password, database, ssl: { ca: authority } };
}

/** A new, empty database; gone again after close(). */
export async function freshDatabase(): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(`create database ${escapeIdentifier(name)}`);
  return {
    name,
    connection: superuser(name),
    close: () => execute(`drop database ${escapeIdentifier(name)} with (force)`),
  };
}

/** Runs a statement as superuser in the database `postgres`. */
export async function execute(sql: string): Promise<void> {
  const client = new Client(superuser('postgres'));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
