import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { connect } from '../connection/connect';
import { inspect } from '../provision/inspect';
import { ProvisionError } from '../provision/provision-error';
import type { Target } from '../provision/target';
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
  const { user, password, ...server } = await administrator(flags);
  const connectTo = (database: string) => connect({ ...server, database, user, password });
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

async function administrator(flags: ConnectionFlags): Promise<ServerAddress & { user: string; password: string }> {
  const given = flags.adminSecret ? await fromSecret(flags.adminSecret) : fromEnvironment();
  const { host = given.host, port = given.port ?? 5432, database = given.database } = flags;
  if (!host || !database || !given.user || given.password === undefined) {
    throw new UsageError(
      'The connection is not complete: give DATABASE_URL; or PGHOST, PGDATABASE, PGUSER and PGPASSWORD; or --admin-secret with --host and --database.',
    );
  }
  const file = flags.ca ?? process.env['PGSSLROOTCERT'] ?? RDS_AUTHORITIES;
  return { host, port, database, user: given.user, password: given.password, certificateAuthority: authorities(file) };
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
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

async function fromSecret(arn: string): Promise<Given> {
  const secrets = new Secrets();
  const { username: user, password } = await secrets.admin(arn);
  const { host, port, dbname: database } = JSON.parse((await secrets.read(arn)) ?? '{}');
  return { host, port: port === undefined ? undefined : Number(port), database, user, password };
}

/** The driver itself reads DATABASE_URL and PG*. */
function fromEnvironment(): Given {
  const url = process.env['DATABASE_URL'];
  if (!url && !process.env['PGHOST']) return {};
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
