import type { ClientBase } from 'pg';
import { hasTable, type Inspection } from '../inspection/facts';
import { largeTables } from '../migrations/effects';
import { isFurther, type Migration } from '../migrations/index';
import { qualified } from '../sql/identifiers';
import { migratedTables } from '../steps/table-locks';
import { firstDatabaseRole } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import { DEFAULT_LIMITS, type Target } from '../target/target';

/**
 * Where time is short, as in a function: refuses migrations that would rewrite or index a table of more rows.
 *
 * @throws ProvisionError with the command that takes the time it needs
 */
export async function requireFewRows(
  client: ClientBase,
  {
    target,
    facts,
    pending,
    limit,
    reachedBy,
  }: {
    target: Target;
    facts: Inspection;
    pending: readonly Migration[];
    limit: number;
    /** Options of the command line that lead to the same server and secret. */
    reachedBy: string;
  },
): Promise<void> {
  // Nobody has measured what a migration does that the package does not have: each table counts that it names.
  const unknown = migratedTables({ target, facts, pending: pending.filter(isFurther) });
  const tables = new Set([...pending.flatMap(({ name: migration }) => largeTables(migration)), ...unknown]);
  for (const table of tables) {
    if (!hasTable(facts, target.schema, table) || !(await hasMoreRows(client, target, table, limit))) continue;
    throw new ProvisionError(
      `Table ${target.schema}.${table} has more than ${limit} rows, which ${pending[0]?.name} and later migrations rewrite: that takes longer than a deployment may. Nothing was changed. Run this first, and deploy again: ${command(target, reachedBy)}`,
    );
  }
}

async function hasMoreRows(client: ClientBase, { schema }: Target, table: string, limit: number): Promise<boolean> {
  const { rows } = await client.query(`select from ${qualified(schema, table)} offset ${limit} limit 1`);
  return rows.length > 0;
}

/** The command line with everything that differs from its defaults: what it leaves is what the deployment would have made. */
export function command(target: Target, reachedBy: string): string {
  const { connections, statementSeconds, idleInTransactionSeconds } = target.limits;
  const limit = (option: string, value: number, standard: number) => (value === standard ? [] : [`${option} ${value}`]);
  const text = (option: string, value: string) => `${option} '${value.replaceAll("'", `'\\''`)}'`;
  return [
    'npx umami-db provision',
    reachedBy,
    text('--database', target.database),
    text('--schema', target.schema),
    text('--database-role', firstDatabaseRole(target)),
    text('--owner', target.owner.name),
    ...(target.umamiVersion === undefined ? [] : [`--umami-version ${target.umamiVersion}`]),
    ...(target.further === undefined ? [] : ['--migrations <folder>']),
    ...(target.adopt ? ['--adopt'] : []),
    ...(target.repair ? ['--repair'] : []),
    ...(target.allowOtherEncoding ? ['--allow-other-encoding'] : []),
    ...(target.bridge === undefined ? [] : [target.bridge ? '--bridge' : '--no-bridge']),
    ...(target.otherDatabaseRole === undefined ? [] : ['--alternating-database-roles']),
    ...(target.tablesOwner === 'umami' ? ['--tables-owner umami'] : []),
    ...limit('--connection-limit', connections, DEFAULT_LIMITS.connections),
    ...limit('--statement-seconds', statementSeconds, DEFAULT_LIMITS.statementSeconds),
    ...limit('--idle-seconds', idleInTransactionSeconds, DEFAULT_LIMITS.idleInTransactionSeconds),
  ].join(' ');
}
