import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Client } from 'pg';
import type { ServerAddress } from '../connection/connect';
import { connect } from '../connection/connect';
import { untilWriter } from '../connection/writer';
import { connectAdministrator } from '../secret/connect-administrator';
import { Secrets } from '../secret/secrets-manager';
import { fromEnvironment, type Given, requireSameTarget } from './environment';
import { UsageError } from './failure';
import type { ConnectionFlags } from './options';

/** CA bundle of Amazon RDS, in the package. */
const RDS_CA_BUNDLE = join(
  dirname(require.resolve('@user-metrics/umami-db/package.json')),
  'assets',
  'provision',
  'rds-ca.pem',
);

/** Where the server is, and how the administrator gets there. */
export interface Administrator {
  readonly server: ServerAddress;
  readonly user: string;
  /** Where that was read from, e.g. `DATABASE_URL`. */
  readonly source: string;
  connectTo(database: string): Promise<Client>;
}

/** Secrets Manager in the Region that the ARN of the secret names. */
export function secretsOf(arn: string): Secrets {
  const [, , , region] = arn.split(':');
  return new Secrets(new SecretsManagerClient({ defaultsMode: 'standard', region: region || undefined }));
}

/** @throws UsageError when it is not said where the server is, or who connects */
export async function administratorOf(flags: ConnectionFlags): Promise<Administrator> {
  const { adminSecret } = flags;
  if (adminSecret === undefined) {
    const { user, password, source = 'PG*', ...given } = fromEnvironment(flags);
    if (!user || password === undefined) throw incomplete();
    const server = serverOf(flags, given);
    return {
      server,
      user,
      source,
      connectTo: (database) => untilWriter(() => connect({ ...server, database, user, password })),
    };
  }
  const secrets = secretsOf(adminSecret);
  const { username: user, host, port, dbname: database } = await secrets.admin(adminSecret);
  requireSameTarget(flags, { host, database }, `Secret ${adminSecret}`);
  const environment = fromEnvironment(flags);
  const server = serverOf(flags, {
    host: host ?? environment.host,
    port: port ?? environment.port,
    database: database ?? environment.database,
  });
  const read = () => secrets.admin(adminSecret);
  const source = `secret ${adminSecret}`;
  return { server, user, source, connectTo: (name) => connectAdministrator({ ...server, database: name }, read) };
}

function serverOf(flags: ConnectionFlags, given: Given): ServerAddress {
  const { host = given.host, port = given.port ?? 5432, database = given.database } = flags;
  if (!host || !database) throw incomplete();
  // The driver would never answer.
  if (!(Number.isInteger(port) && port > 0 && port < 65_536))
    throw new UsageError(`The port must be a whole number from 1 to 65535, got: ${port}.`);
  return { host, port, database, certificateAuthority: caCertificates(flags) };
}

function incomplete(): UsageError {
  return new UsageError(
    'The connection is not complete: give DATABASE_URL; or PGHOST, PGDATABASE, PGUSER and PGPASSWORD; or --admin-secret with --host and --database.',
  );
}

/** @throws UsageError when the file cannot be read */
export function caCertificates({ ca }: Pick<ConnectionFlags, 'ca'>): string {
  const file = ca ?? process.env['PGSSLROOTCERT'] ?? RDS_CA_BUNDLE;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The CA certificates cannot be read: ${(error as Error).message}.`);
  }
}
