import { literal, name } from './identifiers';
import { PRISMA_LEDGER } from './privileges';

/** Prisma's ledger as Prisma makes it. */
export const CREATE_PRISMA_LEDGER = `
create table if not exists ${name(PRISMA_LEDGER)} (
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
