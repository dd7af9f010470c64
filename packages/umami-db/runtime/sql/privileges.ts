import type { Target } from '../target/target';
import { name, qualified } from './identifiers';

/** Prisma's ledger: Umami reads it when it starts. */
export const PRISMA_LEDGER = '_prisma_migrations';

/** What the role needs to sign in to the database. */
export function grantConnect({ database, databaseRole }: Target): string {
  return `grant connect on database ${name(database)} to ${name(databaseRole)}`;
}

/**
 * What a role may do that uses the tables: see and change their data, and read Prisma's ledger. It owns nothing, and
 * could not half-apply a migration: without ownership Prisma fails before it writes anything.
 */
export function grantUse({ schema }: Target, databaseRole: string): string[] {
  const [inSchema, role, ledger] = [name(schema), name(databaseRole), qualified(schema, PRISMA_LEDGER)];
  return [
    `grant usage on schema ${inSchema} to ${role}`,
    `grant select, insert, update, delete on all tables in schema ${inSchema} to ${role}`,
    `revoke insert, update, delete on ${ledger} from ${role}`,
  ];
}

/** The same of tables that their owner is going to make. */
export function grantUseByDefault({ schema, databaseRole }: Target, owner: string): string {
  return `alter default privileges for role ${name(owner)} in schema ${name(schema)} grant select, insert, update, delete on tables to ${name(databaseRole)}`;
}
