import type { ClientBase } from 'pg';
import { inspect } from '../inspection/inspect';
import { asOwned } from '../inspection/ownership';
import type { Finding } from '../isolation/finding';
import { allChangesOf } from '../provision/changes';
import type { Plan } from '../provision/plan';
import { secondDatabaseRole } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { AnsweredConnections, AnsweredIsolation, AnsweredTables, VerifyAnswer } from './answer';
import { existing } from './existing';
import { CONNECTIONS_SQL, COUNTS_SQL, ROWS_SQL } from './facts.sql';
import { type Found, planOnly, readFound, type VerificationInput } from './found';
import { databaseOf } from './read-only';
import { OTHER_SECRET_KEYS, SECRET_KEYS } from './secret-keys';
import { differingUrls, signInWithSecret } from './sign-in';
import { takeDatabaseSnapshot, withoutObjects } from './snapshot';

/** Entries of a list that the answer holds. */
const LISTED = 50;

/**
 * Reads the facts for the criteria of the database. Nothing is changed; no value of the secret is in the answer.
 *
 * @throws ProvisionError when Umami's own database role is connected
 */
export async function verifyAnswer(input: VerificationInput): Promise<VerifyAnswer> {
  const facts = await inspect(input.client, input.target);
  const inspected = { ...input, target: asOwned(input.target, facts), facts };
  const planned = await planOnly(inspected).catch((error) => {
    if (error instanceof ProvisionError) return error;
    throw error;
  });
  const plan = planned instanceof ProvisionError ? undefined : planned;
  const problems = planned instanceof ProvisionError ? [planned.message] : [];
  return answerOf(inspected, { ...(await readFound(inspected, plan)), plan, problems });
}

/** The answer of what was found already. @param found with what keeps provisioning from going on, where it is not planned */
export async function answerOf(
  { client, target, server }: VerificationInput,
  found: Found & { readonly plan?: Plan; readonly problems?: readonly string[] },
): Promise<VerifyAnswer> {
  const { status, secret: value, active, reachable, interrupted, plan, problems = [], warnings } = found;
  const { tls, failure, attempted } = await signInWithSecret(value, { server, target: active });
  const all = new Set([...status.problems, ...problems, ...(interrupted ? [INTERRUPTED] : [])]);
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
    isolation: { ...listed(reachable), ...attempted },
    tables: await tablesOf(client, target, status.tables),
    missing: plan ? allChangesOf(plan).slice(0, LISTED) : [],
    problems: [...all].slice(0, LISTED),
    warnings: warnings.slice(0, LISTED),
    connections: await connectionsOf(client, target),
    rows: await rowsOf(client),
    snapshot: withoutObjects(await takeDatabaseSnapshot(client, target)),
  };
}

const INTERRUPTED =
  'A change of the password was interrupted: the next deployment, or `umami-db rotate`, completes it.';

/** Those that fail first, and how many there are. */
function listed(found: readonly Finding[]): Pick<AnsweredIsolation, 'rights' | 'rightCount' | 'failingCount'> {
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
