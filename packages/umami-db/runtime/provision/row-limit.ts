import type { ClientBase } from 'pg';
import type { Migration } from '../migrations/index';
import { LARGE_TABLES } from '../migrations/releases';
import { name } from '../sql/identifiers';
import type { Inspection } from './inspect';
import { ProvisionError } from './provision-error';
import type { Target } from './target';

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
  }: { target: Target; facts: Inspection; pending: readonly Migration[]; limit: number },
): Promise<void> {
  const tables = new Set(pending.flatMap(({ name: migration }) => LARGE_TABLES.get(migration) ?? []));
  for (const table of tables) {
    const exists = facts.objects.some((object) => object.schema === target.schema && object.name === table);
    if (!exists || !(await hasMoreRows(client, target, table, limit))) continue;
    throw new ProvisionError(
      `Table ${target.schema}.${table} has more than ${limit} rows, which ${pending[0]?.name} and later migrations rewrite: that takes longer than a deployment may. Nothing was changed. Run this first, and deploy again: ${command(target)}`,
    );
  }
}

async function hasMoreRows(client: ClientBase, { schema }: Target, table: string, limit: number): Promise<boolean> {
  const { rows } = await client.query(`select from ${name(schema)}.${name(table)} offset ${limit} limit 1`);
  return rows.length > 0;
}

function command({ schema, databaseRole, owner, adopt, umamiVersion }: Target): string {
  const version = umamiVersion === undefined ? '' : ` --umami-version ${umamiVersion}`;
  return `npx umami-db provision --admin-secret <ARN> --secret <ARN> --schema '${schema}' --database-role '${databaseRole}' --owner '${owner.name}'${version}${adopt ? ' --adopt' : ''}`;
}
