import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { connect } from '../connection/connect';
import { inspect } from '../provision/inspect';
import { ProvisionError } from '../provision/provision-error';
import type { Target } from '../provision/target';
import { connectAdministrator } from '../secret/connect-administrator';
import type { ServerAddress } from '../secret/provision-with-secret';
import { secretFile } from '../secret/secret-file';
import type { SecretStore } from '../secret/secret-store';
import { Secrets } from '../secret/secrets-manager';
import { type ConnectionFlags, type Flags, type SecretFlags, targetOf } from './options';

/** Authorities of Amazon RDS, in the package. */
const RDS_AUTHORITIES = join(
  dirname(require.resolve('@user-metrics/umami-db/package.json')),
  'assets',
  'provision',
  'rds-ca.pem',
);

/** A connection of the administrator, and what the command is about. */
export interface Session {
  readonly client: Client;
  readonly server: ServerAddress;
  readonly target: Target;
  connectTo(database: string): Promise<Client>;
}

/** The wrong way to call a command; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export async function withSession<T>(flags: Flags, work: (session: Session) => Promise<T>): Promise<T> {
  const { server, connectTo } = await administrator(flags);
  const client = await connectTo(server.database);
  try {
    const target = targetOf(flags, server.database, flags.owner);
    return await work({ client, server, target: await withKnownId(client, target), connectTo });
  } finally {
    await client.end();
  }
}

/** What CloudFormation made keeps the id that it gave. */
async function withKnownId(client: Client, target: Target): Promise<Target> {
  const { schema, databaseRole } = await inspect(client, target);
  const mark = [schema?.mark, databaseRole?.mark].find((found) => found?.name === target.owner.name);
  return mark ? { ...target, owner: { name: mark.name, id: mark.id } } : target;
}

interface Administrator {
  readonly server: ServerAddress;
  connectTo(database: string): Promise<Client>;
}

async function administrator(flags: ConnectionFlags): Promise<Administrator> {
  const { adminSecret } = flags;
  if (adminSecret === undefined) {
    const { user, password, ...given } = fromEnvironment(flags);
    if (!user || password === undefined) throw incomplete();
    const server = serverOf(flags, given);
    return { server, connectTo: (database) => connect({ ...server, database, user, password }) };
  }
  const secrets = new Secrets();
  const { host, port, dbname: database } = await secrets.admin(adminSecret);
  const server = serverOf(flags, { host, port, database });
  const read = () => secrets.admin(adminSecret);
  return { server, connectTo: (name) => connectAdministrator({ ...server, database: name }, read) };
}

function serverOf(flags: ConnectionFlags, given: Given): ServerAddress {
  const { host = given.host, port = given.port ?? 5432, database = given.database } = flags;
  if (!host || !database) throw incomplete();
  const file = flags.ca ?? process.env['PGSSLROOTCERT'] ?? RDS_AUTHORITIES;
  return { host, port, database, certificateAuthority: authorities(file) };
}

function incomplete(): UsageError {
  return new UsageError(
    'The connection is not complete: give DATABASE_URL; or PGHOST, PGDATABASE, PGUSER and PGPASSWORD; or --admin-secret with --host and --database.',
  );
}

function authorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The authorities of the server cannot be read: ${(error as Error).message}.`);
  }
}

interface Given {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
}

/** The driver itself reads DATABASE_URL and PG*. */
function fromEnvironment({
  host: named,
}: ConnectionFlags): Given & { user?: string | undefined; password?: string | undefined } {
  const url = process.env['DATABASE_URL'];
  if (!url && !named && !process.env['PGHOST']) return {};
  const client = new Client(url ? { connectionString: url } : {});
  const { host, port, database, user } = client;
  const { password } = client as { password?: unknown };
  return { host, port, database, user, password: typeof password === 'string' ? password : undefined };
}

/** @throws UsageError when a command needs a secret and none is given */
export function storeOf({ secret, secretFile: file }: SecretFlags): SecretStore {
  if (secret !== undefined) return new Secrets().store(secret);
  if (file !== undefined) return secretFile(file);
  throw new UsageError("Umami's secret is missing: give --secret <arn> or --secret-file <file>.");
}

export function hasStore({ secret, secretFile: file }: SecretFlags): boolean {
  return secret !== undefined || file !== undefined;
}

/** Exit code of an error, as the help text says. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsageError ? 2 : error instanceof ProvisionError ? 1 : 70;
}
