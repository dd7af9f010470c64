import type { ClientBase } from 'pg';
import { CATALOG_SQL } from './catalog.sql';

export interface DescribeSchemaOptions {
  /**
   * Tables left out.
   * @default - the ledgers of Prisma and node-pg-migrate
   */
  readonly without?: readonly string[];
  /**
   * Columns by name and without their position, to compare schemas that were built in another order.
   * @default false
   */
  readonly columnsByName?: boolean;
}

export interface ColumnDescription {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly position?: number;
  readonly [fact: string]: unknown;
}

export interface TableDescription {
  readonly columns: readonly ColumnDescription[];
  readonly [fact: string]: unknown;
}

/** Everything that makes up a schema, and nothing that differs between two equal ones. Its keys are sorted. */
export interface SchemaDescription {
  readonly tables: Readonly<Record<string, TableDescription>>;
  readonly [kind: string]: unknown;
}

export const LEDGER_TABLES: readonly string[] = ['_prisma_migrations', 'pgmigrations'];

/** @param client connected, and in no transaction */
export async function describeSchema(
  client: ClientBase,
  schema: string,
  options: DescribeSchemaOptions = {},
): Promise<SchemaDescription> {
  await client.query('begin read only');
  try {
    return await describeWithin(client, schema, options);
  } finally {
    await client.query('rollback');
  }
}

/** The same in a transaction of the caller's, which goes on with another search_path. */
export async function describeWithin(
  client: ClientBase,
  schema: string,
  { without = LEDGER_TABLES, columnsByName = false }: DescribeSchemaOptions = {},
): Promise<SchemaDescription> {
  await client.query(`select set_config('search_path', quote_ident($1), true)`, [schema]);
  const { rows } = await client.query<{ catalog: SchemaDescription }>(CATALOG_SQL, [schema, without]);
  if (rows[0] === undefined) throw new Error(`PostgreSQL answered with no row when asked about schema '${schema}'.`);
  return sortKeys(columnsByName ? withColumnsByName(rows[0].catalog) : rows[0].catalog);
}

function withColumnsByName(catalog: SchemaDescription): SchemaDescription {
  const tables = Object.entries(catalog.tables).map(([name, table]) => {
    const columns = table.columns.map(({ position: _, ...column }) => column as ColumnDescription);
    return [name, { ...table, columns: columns.sort((a, b) => (a.name < b.name ? -1 : 1)) }] as const;
  });
  return { ...catalog, tables: Object.fromEntries(tables) };
}

function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortKeys) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)])) as T;
}
