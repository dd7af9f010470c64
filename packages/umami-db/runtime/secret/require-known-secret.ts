import type { ServerAddress } from '../connection/connect';
import type { Inspection } from '../inspection/facts';
import { command } from '../provision/row-limit';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { SecretStore } from './secret-store';
import { directEndpoint, type SecretValue } from './secret-value';

interface Given {
  readonly server: ServerAddress;
  readonly store: SecretStore;
  /** Text of the current version. @default - there is none */
  readonly text: string | undefined;
  readonly known: Partial<SecretValue>;
  /** Options of the command line that lead to the same server and secret. @default - it is the command line */
  readonly reachedBy?: string;
  /** Whether the database role signs in with what the secret tells. */
  signsIn(): Promise<boolean>;
}

/**
 * A new password keeps a running Umami from signing in: where database role and schema are complete, the secret has to be
 * the one that they were provisioned with. The secret of another database role is never replaced.
 *
 * @throws ProvisionError that says what the secret holds
 */
export async function requireKnownSecret(found: Inspection, target: Target, given: Given): Promise<void> {
  const { server, store, text, known, reachedBy, signsIn } = given;
  const { database, schema, databaseRole } = target;
  const isOther = typeof known.username === 'string' && known.username !== databaseRole;
  const isOfRole = known.username === databaseRole && !!known.password;
  if (!isComplete(found) && !isOther) return;
  const { host, port } = directEndpoint(known);
  const isHere = host === server.host && port === server.port && known.dbname === database && known.schema === schema;
  if (isOfRole && (isHere || (await signsIn()))) return;
  const holds = contentOf(text, known, isOfRole);
  if (!isComplete(found)) {
    throw new ProvisionError(
      `${store.name} ${holds}: nothing was changed. Give a secret of its own for database role ${databaseRole}.`,
    );
  }
  const replace =
    reachedBy === undefined ? 'npx umami-db provision … --new-secret' : `${command(target, reachedBy)} --new-secret`;
  throw new ProvisionError(
    `${store.name} ${holds}, but database role ${databaseRole} and schema ${schema} are in use: nothing was changed. Give the secret that Umami signs in with, or restore its value. To set a new password and APP_SECRET instead, run this, and restart Umami's tasks afterwards: ${replace}`,
  );
}

function isComplete({ databaseRole, applied, unreadableFor }: Inspection): boolean {
  return !!databaseRole?.ownership && databaseRole.canLogin && (applied.length > 0 || unreadableFor !== undefined);
}

function contentOf(text: string | undefined, known: Partial<SecretValue>, isOfRole: boolean): string {
  if (text === undefined) return 'does not exist or has no value';
  if (isOfRole) return `is for ${known.host}:${known.port}/${known.dbname}, and its password is not accepted here`;
  if (typeof known.username === 'string') return `is the secret of database role ${known.username}`;
  return 'holds no username and password of Umami';
}
