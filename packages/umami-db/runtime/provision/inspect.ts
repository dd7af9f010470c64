import type { ClientBase } from 'pg';
import { name } from '../sql/identifiers';
import { parseOwnerMark } from '../sql/owner-mark';
import { PRISMA_LEDGER } from '../sql/privileges';
import { ledgerSchema, type Owner, type Target } from './target';

/** Something that exists, and whose it is. */
export interface Found {
  /** Who it is marked as belonging to. @default - it bears no mark of ours */
  readonly owner?: Owner;
}

/** What is there before anything is changed. */
export interface Inspection {
  readonly schema?: Found;
  readonly ledgerSchema?: Found;
  readonly databaseRole?: Found;
  /** Migrations that are applied to a schema of ours, by the rows of Prisma's ledger; somebody else's may not be readable. */
  readonly applied: readonly string[];
}

export async function inspect(client: ClientBase, target: Target): Promise<Inspection> {
  const [schema, ledger, role] = [
    await find(
      client,
      `select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = $1`,
      target.schema,
    ),
    await find(
      client,
      `select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = $1`,
      ledgerSchema(target),
    ),
    await find(
      client,
      `select shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = $1`,
      target.databaseRole,
    ),
  ];
  return {
    ...(schema ? { schema } : {}),
    ...(ledger ? { ledgerSchema: ledger } : {}),
    ...(role ? { databaseRole: role } : {}),
    applied: schema?.owner?.name === target.owner.name ? await appliedMigrations(client, target) : [],
  };
}

async function find(client: ClientBase, sql: string, value: string): Promise<Found | undefined> {
  const { rows } = await client.query<{ mark: string | null }>(sql, [value]);
  if (!rows[0]) return undefined;
  const owner = parseOwnerMark(rows[0].mark);
  return owner ? { owner } : {};
}

async function appliedMigrations(client: ClientBase, { schema }: Target): Promise<string[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `select exists (select from pg_tables where schemaname = $1 and tablename = $2) as exists`,
    [schema, PRISMA_LEDGER],
  );
  if (!rows[0]?.exists) return [];
  const ledger = await client.query<{ migration_name: string }>(
    `select migration_name from ${name(schema)}.${name(PRISMA_LEDGER)} where finished_at is not null and rolled_back_at is null order by migration_name`,
  );
  return ledger.rows.map((row) => row.migration_name);
}
