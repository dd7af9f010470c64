import type { Client } from 'pg';
import { withClient } from '../provision/explain-failure';
import { readSignIn, signInAsUmami } from '../purge/sign-in';
import { secondDatabaseRole } from '../target/names';
import { caCertificates } from './administrator';
import { requireSameTarget } from './environment';
import { UsageError } from './failure';
import type { Flags } from './options';
import { storeOf, targetLine, whileWaiting } from './session';

interface UmamiSession {
  readonly client: Client;
  readonly database: string;
}

/** @throws UsageError when the secret is for another schema, database role or database than the options and PG* name */
export async function withUmamiSession<T>(flags: Flags, work: (session: UmamiSession) => Promise<T>): Promise<T> {
  const store = storeOf(flags);
  const certificateAuthority = caCertificates(flags);
  const read = () => readSignIn(store, certificateAuthority);
  const { server, user, schema } = await read();
  const source = `secret ${flags.secret ?? flags.secretFile}`;
  requireNamed('schema', schema, flags.schema, source);
  if (user !== secondDatabaseRole(flags.databaseRole)) requireNamed('database-role', user, flags.databaseRole, source);
  const { database } = server;
  requireSameTarget(flags, { host: server.host, database }, `Secret ${flags.secret ?? flags.secretFile}`);
  const { host = server.host, port = server.port } = flags;
  const reached = { ...server, host, port };
  process.stderr.write(`${targetLine({ server: reached, user, source })}\n`);
  const client = await whileWaiting(signInAsUmami(reached, read));
  return withClient(client, { schema }, () => work({ client, database }));
}

function requireNamed(option: string, value: string, named: string, source: string): void {
  if (value === named) return;
  throw new UsageError(
    `The ${source} is for --${option} ${value}, got: ${named}. If you mean it: --${option} '${value}'`,
  );
}
