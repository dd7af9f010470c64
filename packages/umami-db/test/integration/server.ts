import { randomUUID } from 'node:crypto';
import { DEFAULT_POSTGRES_VERSION, type PostgresVersion } from '@user-metrics/postgres-server';
import { Client, type ClientConfig, escapeIdentifier, Pool } from 'pg';
import { inject } from 'vitest';

/** A server to connect to as superuser. */
export interface TestServer {
  readonly version: PostgresVersion;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly caCertificate: string;
}

export interface Database {
  readonly name: string;
  /** How the superuser connects to it. */
  readonly connection: ClientConfig;
  close(): Promise<void>;
}

/** The running server of a release, for this worker of vitest. */
export function serverOf(version: PostgresVersion = DEFAULT_POSTGRES_VERSION): TestServer {
  const server = inject('postgres')[version]?.[Number(process.env['VITEST_POOL_ID'] ?? 1) - 1];
  if (!server) throw new Error(`PostgreSQL ${version} is not among the tested releases. See tested-releases.ts.`);
  return server;
}

/** How the superuser connects to a database. */
export function superuser(database: string, server: TestServer = serverOf()): ClientConfig {
  const { port, user, password, caCertificate } = server;
  return { host: 'localhost', port, user, password, database, ssl: { ca: caCertificate } };
}

/** A new, empty database; gone again after close(). */
export async function freshDatabase(server?: TestServer): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // By copying files, as PostgreSQL 14 always does: twice as fast in memory as through the log.
  const strategy = Number((server ?? serverOf()).version) < 15 ? '' : 'strategy = file_copy';
  await execute(`create database ${escapeIdentifier(name)} ${strategy}`, server);
  return {
    name,
    connection: superuser(name, server),
    close: () => execute(`drop database ${escapeIdentifier(name)} with (force)`, server),
  };
}

/** Runs a statement as superuser in the database `postgres`. */
export async function execute(sql: string, server: TestServer = serverOf()): Promise<void> {
  if (isShared(server)) return void (await poolOf(server).query(sql));
  const client = new Client(superuser('postgres', server));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function isShared({ port }: TestServer): boolean {
  return Object.values(inject('postgres')).some((servers) => servers?.some((server) => server.port === port));
}

const pools = new Map<number, Pool>();

/** Each test makes and drops a database: a connection for each of these statements would cost as much as they do. */
function poolOf(server: TestServer): Pool {
  const options = { ...superuser('postgres', server), idleTimeoutMillis: 1_000, allowExitOnIdle: true };
  const pool = pools.get(server.port) ?? new Pool(options).on('error', () => {});
  pools.set(server.port, pool);
  return pool;
}
