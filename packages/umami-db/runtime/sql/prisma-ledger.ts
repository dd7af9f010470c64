import { literal, name } from './identifiers';
import { PRISMA_LEDGER } from './privileges';

export const CREATE_PRISMA_LEDGER = `
create table ${name(PRISMA_LEDGER)} (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/** The row that makes Umami's container say "No pending migrations to apply" of a migration. */
export function insertPrismaRow(migration: string, checksum: string): string {
  const values = ['gen_random_uuid()::text', literal(checksum), 'now()', literal(migration), 'now()', '1'];
  return `insert into ${name(PRISMA_LEDGER)} (id, checksum, finished_at, migration_name, started_at, applied_steps_count) values (${values.join(', ')})`;
}

/** Calls a migration finished that has done all it does. */
export function finishPrismaRow(migration: string): string {
  return `update ${name(PRISMA_LEDGER)} set finished_at = now(), applied_steps_count = 1 where ${failedRow(migration)}`;
}

/** Calls a migration rolled back that has done nothing, as `prisma migrate resolve --rolled-back` does. */
export function rollBackPrismaRow(migration: string): string {
  return `update ${name(PRISMA_LEDGER)} set rolled_back_at = now() where ${failedRow(migration)}`;
}

function failedRow(migration: string): string {
  return `migration_name = ${literal(migration)} and finished_at is null and rolled_back_at is null`;
}
