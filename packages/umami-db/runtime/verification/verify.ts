import type { ClientBase } from 'pg';
import type { ServerAddress } from '../connection/connect';
import { activeTarget } from '../inspection/alternation';
import type { Inspection } from '../inspection/facts';
import { findAllRights } from '../inspection/find-all-rights';
import { findReaders } from '../isolation/find-readers';
import { allChangesOf } from '../provision/changes';
import { ANY_PASSWORD, inspectAndPlan } from '../provision/plan';
import { readStatus } from '../provision/status';
import type { UmamiAdministrator } from '../secret/administrator';
import { planWithSecret } from '../secret/provision-with-secret';
import { isInterrupted } from '../secret/rotate';
import type { SecretStore } from '../secret/secret-store';
import { parseSecretValue } from '../secret/secret-value';
import { secondDatabaseRole } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { AnsweredConnections, AnsweredIsolation, AnsweredTables, VerifyAnswer } from './answer';
import { asOwned, existing } from './existing';
import { CONNECTIONS_SQL, COUNTS_SQL, ROWS_SQL } from './facts.sql';
import { databaseOf } from './read-only';
import { OTHER_SECRET_KEYS, SECRET_KEYS } from './secret-keys';
import { differingUrls, signInWithSecret } from './sign-in';
import { takeDatabaseSnapshot, withoutObjects } from './snapshot';

/** What the facts are read with. */
export interface VerificationInput {
  /** The administrator's connection. */
  readonly client: ClientBase;
  readonly target: Target;
  readonly server: ServerAddress;
  /** Umami's secret. @default - not known: nobody signs in, and the answer says nothing of the secret */
  readonly store?: SecretStore | undefined;
  readonly administrator: UmamiAdministrator;
}

/** Entries of a list that the answer holds. */
const LISTED = 50;

/**
 * Reads the facts for the criteria of the database. Nothing is changed; no value of the secret is in the answer.
 *
 * @throws ProvisionError when Umami's own database role is connected
 */
export async function verifyAnswer(input: VerificationInput): Promise<VerifyAnswer> {
  const { client, store, server } = input;
  const target = await asOwned(client, input.target);
  const value = parseSecretValue(await store?.read('AWSCURRENT'));
  const active = activeTarget(target, value.username);
  const status = await readStatus(client, target);
  const planned = await whatIsMissing({ ...input, target });
  const { tls, failure, attempted } = await signInWithSecret(value, { server, target: active });
  const interrupted = store !== undefined && (await isInterrupted(store, target));
  return {
    action: 'verify',
    ...(await databaseOf(client)),
    ...existing(status, target),
    secret: {
      keys: [...SECRET_KEYS, ...OTHER_SECRET_KEYS].filter((key) => value[key] !== undefined && value[key] !== ''),
      username: value.username ?? null,
      differing: differingUrls(value),
      tls,
      failure,
    },
    isolation: { ...(await rightsOf(client, status.facts, target)), ...attempted },
    tables: await tablesOf(client, target, status.tables),
    missing: planned.missing.slice(0, LISTED),
    problems: [...new Set([...status.problems, ...planned.problems, ...(interrupted ? [INTERRUPTED] : [])])].slice(
      0,
      LISTED,
    ),
    warnings: [...planned.warnings, ...(await findReaders(client, target))].slice(0, LISTED),
    connections: await connectionsOf(client, target),
    rows: await rowsOf(client),
    snapshot: withoutObjects(await takeDatabaseSnapshot(client, target)),
  };
}

const INTERRUPTED =
  'A change of the password was interrupted: the next deployment, or `umami-db rotate`, completes it.';

/** What a deployment would change, and what keeps it from going on. */
async function whatIsMissing({ client, target, server, store, administrator }: VerificationInput) {
  try {
    const planned = store
      ? (await planWithSecret(client, target, { server, store, administrator, readOnly: true })).planned
      : await inspectAndPlan(client, target, ANY_PASSWORD);
    return { missing: allChangesOf(planned), problems: [], warnings: planned.warnings };
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    return { missing: [], problems: [error.message], warnings: [] };
  }
}

/** Those that fail first, and how many there are. */
async function rightsOf(
  client: ClientBase,
  facts: Inspection,
  target: Target,
): Promise<Pick<AnsweredIsolation, 'rights' | 'rightCount' | 'failingCount'>> {
  const found = await findAllRights(client, target, facts);
  const failing = found.filter(({ fails }) => fails);
  const others = found.filter(({ fails }) => !fails);
  return {
    rights: [...failing, ...others]
      .slice(0, LISTED)
      .map(({ object, privileges, via, fails }) => ({ object, privileges, via, fails })),
    rightCount: found.length,
    failingCount: failing.length,
  };
}

async function tablesOf(
  client: ClientBase,
  { schema }: Target,
  deviations: Pick<AnsweredTables, 'wrong' | 'added'> | undefined,
): Promise<AnsweredTables | null> {
  if (!deviations) return null;
  const { rows } = await client.query<Pick<AnsweredTables, 'tables' | 'indexes'>>(COUNTS_SQL, [schema]);
  const { tables = 0, indexes = 0 } = rows[0] ?? {};
  const { wrong, added } = deviations;
  return { tables, indexes, wrong: wrong.slice(0, LISTED), added: added.slice(0, LISTED) };
}

async function connectionsOf(client: ClientBase, { databaseRole, otherDatabaseRole }: Target) {
  const roles = [databaseRole, otherDatabaseRole ?? secondDatabaseRole(databaseRole)];
  const { rows } = await client.query<AnsweredConnections>(CONNECTIONS_SQL, [roles]);
  if (!rows[0]) throw new Error('PostgreSQL tells nothing of its connections.');
  return rows[0];
}

async function rowsOf(client: ClientBase): Promise<Record<string, number>> {
  const { rows } = await client.query<{ schema: string; rows: string }>(ROWS_SQL);
  return Object.fromEntries(rows.map(({ schema, rows: count }) => [schema, Number(count)]));
}
