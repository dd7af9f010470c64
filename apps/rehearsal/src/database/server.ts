import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { type PostgresServer, type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import { type ConnectionOptions, checkServer, connect } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { RehearsalError } from '../rehearsal-error';

/** A PostgreSQL for the rehearsal: one of our own, or the user's. */
export interface DatabaseServer {
  /** e.g. `17.10` */
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** CA certificate of the server, as PEM text. */
  readonly caCertificate: string;
  /** Whether it goes with the rehearsal, so that nothing in it has to be removed. */
  readonly isOurs: boolean;
  /** Connects a database role that may create databases and database roles. */
  connectOwner(database?: string): Promise<Client>;
  /** What the server has logged up to now, where that can be seen. */
  log(): Promise<string | undefined>;
}

/** Starts a server. */
export async function ownServer(options: {
  version?: PostgresVersion;
  port?: number;
  signal: AbortSignal;
  onProgress: (message: string) => void;
}): Promise<DatabaseServer & Pick<PostgresServer, 'stop'>> {
  // With every statement in its log, a password in one of them would be seen.
  const server = await startPostgres({ ...options, settings: { log_statement: 'all', max_connections: '100' } });
  const { port, caCertificate, superuser, log, stop } = server;
  const options_ = { host: 'localhost', port, certificateAuthority: caCertificate, ...superuser };
  const connectOwner = (database = 'postgres') => connect({ ...options_, database }, { retries: 0 });
  return {
    version: await versionOf(connectOwner),
    host: 'localhost',
    port,
    caCertificate,
    isOurs: true,
    connectOwner,
    log: async () => {
      await untilLogged(connectOwner, log);
      return log();
    },
    stop,
  };
}

/** Uses a server of the user's, by the URL of somebody who may create databases and database roles there. */
export async function givenServer(databaseUrl: string): Promise<DatabaseServer> {
  const { caCertificate, ...target } = parseUrl(databaseUrl);
  const connectOwner = (database = target.database) =>
    connect({ ...target, database, certificateAuthority: caCertificate }, { retries: 0 });
  const version = await versionOf(connectOwner);
  return {
    version,
    host: target.host,
    port: target.port,
    caCertificate,
    isOurs: false,
    connectOwner,
    log: async () => undefined,
  };
}

function parseUrl(databaseUrl: string): Omit<ConnectionOptions, 'certificateAuthority'> & { caCertificate: string } {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new RehearsalError(
      '--database-url must have the form postgresql://administrator:password@host:5432/postgres?sslrootcert=ca.pem.',
    );
  }
  const url = new URL(databaseUrl);
  const caFile = url.searchParams.get('sslrootcert');
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    caCertificate: caFile ? readCaCertificate(caFile) : rootCertificates.join('\n'),
  };
}

function readCaCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RehearsalError(`sslrootcert of --database-url must be a file with certificates, got: ${file}.`);
  }
}

/** The log arrives a moment after the statement; one that names a fresh word says that all before it is there. */
async function untilLogged(connectOwner: () => Promise<Client>, log: () => string): Promise<void> {
  const word = `marker_${randomBytes(8).toString('hex')}`;
  const client = await connectOwner();
  await client.query(`select '${word}'`).finally(() => client.end());
  for (let wait = 0; wait < 200 && !log().includes(word); wait += 1) await setTimeout(25);
}

async function versionOf(connectOwner: () => Promise<Client>): Promise<string> {
  const client = await connectOwner();
  try {
    return (await checkServer(client)).version;
  } finally {
    await client.end();
  }
}
