import type { ClientBase } from 'pg';
import { checkServer } from '../connection/server';
import { checkIsolation } from '../isolation/check-isolation';
import type { Finding } from '../isolation/finding';
import { scramVerifier } from '../secret/scram';
import { applySetting, createDatabaseRole, roleSettings, setConnectionLimit, setPassword } from '../sql/database-role';
import { name } from '../sql/identifiers';
import { markDatabaseRole, markSchema } from '../sql/owner-mark';
import { createSchemas, grantPrivileges } from '../sql/privileges';
import { type Inspection, inspect } from './inspect';
import { withProvisioningLock } from './lock';
import { migrate } from './migrate';
import { requireOwnership } from './ownership';
import { ProvisionError } from './provision-error';
import { ledgerSchema, type Target } from './target';
import { inTransaction } from './transaction';

/** What else the steps need of the outside. */
export interface ProvisionInput {
  /** Password of the database role. */
  readonly password: string;
  /** bcrypt hash for Umami's administrator. @default - none is made */
  readonly administratorPasswordHash?: string;
  /** Whether the role can sign in with the password; asked only when the role exists already. */
  canSignIn(): Promise<boolean>;
  /** Told about each step that is done. */
  onStep?(step: string, milliseconds: number): void;
}

/** What was found and done. */
export interface ProvisionReport {
  readonly server: string;
  /** Migrations that were applied now. */
  readonly applied: readonly string[];
  /** Migrations that are applied altogether. */
  readonly present: number;
  /** What the role can get at outside its schema. */
  readonly reachable: readonly Finding[];
}

/**
 * Makes the database role, the schema and everything in it, or whatever of that is missing. Each step may be repeated.
 *
 * @param client a connection of an administrator, used by nothing else meanwhile
 * @throws ProvisionError when the server is unfit, something that exists belongs to somebody else, or the role could not
 *   connect in the end
 */
export async function provision(client: ClientBase, target: Target, input: ProvisionInput): Promise<ProvisionReport> {
  const step = timed(input.onStep);
  const server = await step('server', () => checkServer(client));
  return withProvisioningLock(client, async () => {
    const found = await step('inspection', async () => {
      const inspection = await inspect(client, target);
      requireOwnership(inspection, target);
      return inspection;
    });
    await step('database role and schema', () => createOwned(client, target, found, input));
    const applied = await step('migrations', () => migrate(client, target, seedOf(input)));
    await step('privileges and settings', () => grantAndSet(client, target));
    const reachable = await step('isolation', () => checkIsolation(client, target));
    const { applied: present } = await inspect(client, target);
    return { server: server.version, applied, present: present.length, reachable };
  });
}

function seedOf({ administratorPasswordHash }: ProvisionInput) {
  return administratorPasswordHash === undefined ? {} : { administratorPasswordHash };
}

/** Role, schemas and their marks come into being together: what exists unmarked is never ours. */
async function createOwned(
  client: ClientBase,
  target: Target,
  found: Inspection,
  input: ProvisionInput,
): Promise<void> {
  const { databaseRole, schema, owner } = target;
  const statements: string[] = [];
  const mine = (what: { owner?: { id: string } } | undefined) => what?.owner?.id === owner.id;
  if (!found.databaseRole) statements.push(createDatabaseRole(target, await scramVerifier(input.password)));
  else if (!(await input.canSignIn())) statements.push(setPassword(target, await scramVerifier(input.password)));
  if (!mine(found.databaseRole)) statements.push(markDatabaseRole(databaseRole, owner));
  if (!found.schema || !found.ledgerSchema) statements.push(...createSchemas(target));
  if (!mine(found.schema)) statements.push(markSchema(schema, owner));
  if (!mine(found.ledgerSchema)) statements.push(markSchema(ledgerSchema(target), owner));
  if (statements.length > 0) await inTransaction(client, statements);
}

async function grantAndSet(client: ClientBase, target: Target): Promise<void> {
  const settings = Object.entries(roleSettings(target)).map(([setting, value]) => applySetting(target, setting, value));
  await inTransaction(client, [...grantPrivileges(target), setConnectionLimit(target), ...settings]);
  await requireConnect(client, target);
}

/** To grant what one may not pass on is a warning only, not an error. */
async function requireConnect(client: ClientBase, { database, databaseRole }: Target): Promise<void> {
  const { rows } = await client.query<{ granted: boolean }>(
    `select has_database_privilege($1, $2, 'CONNECT') as granted`,
    [databaseRole, database],
  );
  if (rows[0]?.granted) return;
  throw new ProvisionError(
    `Database role ${databaseRole} may not connect to database ${database}, and the administrator may not grant it. Let the owner of the database run: grant connect on database ${name(database)} to ${name(databaseRole)}. Then deploy again.`,
  );
}

function timed(onStep: ProvisionInput['onStep']) {
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    onStep?.(name, Math.round(performance.now() - start));
    return result;
  };
}
