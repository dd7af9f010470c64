import type { ClientBase } from 'pg';
import { checksums } from '../migrations/ledger';
import { qualified } from '../sql/identifiers';
import { parseOwnershipComment } from '../sql/ownership-comment';
import { PRISMA_LEDGER } from '../sql/privileges';
import { ProvisionError } from '../target/provision-error';
import { FIRST_TABLES } from './tables';

export interface FoundTable {
  readonly table: string;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  readonly keyTypes: readonly string[];
  readonly columns: readonly string[];
}

export interface PurgedSchema {
  readonly schema: string;
  /** Name of the owner in the comment of the schema. */
  readonly owner: string;
}

const SCHEMA_SQL = `select obj_description(oid, 'pg_namespace') as comment from pg_namespace where nspname = $1`;

const TABLES_SQL = `
select relname as table,
  array(select attname::text from unnest(indkey) with ordinality as k (number, place)
    join pg_attribute on attrelid = c.oid and attnum = number order by place) as key,
  array(select format_type(atttypid, null) from unnest(indkey) with ordinality as k (number, place)
    join pg_attribute on attrelid = c.oid and attnum = number order by place) as "keyTypes",
  array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
from pg_class c join pg_index on indrelid = c.oid and indisprimary
where relnamespace = (select oid from pg_namespace where nspname = $1) and relkind in ('r', 'p')`;

/**
 * The tables of a schema that belongs to the owner and is a release of Umami that is known: which tables refer to each
 * other is known of these alone.
 *
 * @throws ProvisionError for any other schema
 */
export async function requireKnownSchema(
  client: ClientBase,
  { schema, owner }: PurgedSchema,
): Promise<ReadonlyMap<string, FoundTable>> {
  const refused = (what: string) => new ProvisionError(`Schema ${schema} ${what}`);
  const [found] = (await client.query<{ comment: string | null }>(SCHEMA_SQL, [schema])).rows;
  if (!found)
    throw refused('does not exist in this database. Nothing was deleted. Check the database and `schemaName`.');
  const ownership = parseOwnershipComment(found.comment);
  if (!ownership)
    throw refused('has no ownership comment. Nothing was deleted. Adopt it first: umami-db provision --adopt');
  if (ownership.name !== owner)
    throw refused(
      `belongs to ${ownership.name}, not to ${owner}. Nothing was deleted. If you mean it: --owner '${ownership.name}'`,
    );
  const { rows } = await client.query<FoundTable>(TABLES_SQL, [schema]);
  const tables = new Map(rows.map((row) => [row.table, row]));
  const isUmami = [PRISMA_LEDGER, ...FIRST_TABLES].every((table) => tables.has(table));
  if (!isUmami)
    throw refused('has not the tables and the ledger of Umami 2.0 or later. Nothing was deleted. See: umami-db status');
  await requireKnownRelease(client, schema, refused);
  return tables;
}

async function requireKnownRelease(
  client: ClientBase,
  schema: string,
  refused: (what: string) => ProvisionError,
): Promise<void> {
  const { rows } = await client.query<{ migration: string; finished: boolean }>(
    `select migration_name as migration, finished_at is not null as finished from ${qualified(schema, PRISMA_LEDGER)}
     where rolled_back_at is null order by 1`,
  );
  const failed = rows.find(({ finished }) => !finished);
  if (failed)
    throw refused(
      `has migration ${failed.migration}, which began and did not end. Nothing was deleted. Run first: umami-db provision --repair`,
    );
  const known = [...checksums.keys()];
  const unknown = rows.find(({ migration }, index) => migration !== known[index]);
  if (!unknown && rows.length > 0) return;
  throw refused(
    `${unknown ? `has migration ${unknown.migration}, which this version of umami-db does not know there` : 'has no migrations'}. Nothing was deleted: it is not known which tables refer to each other. Update @user-metrics/umami-db, or see: umami-db status`,
  );
}
