import { ledgerSchema, type Target } from '../provision/target';
import { name } from './identifiers';

/** Prisma's ledger: Umami looks at it when it starts. */
export const PRISMA_LEDGER = '_prisma_migrations';

/**
 * What the role may do: use and change the data of its tables, and read Prisma's ledger. It owns nothing, and could not
 * half-apply a migration: without ownership Prisma fails before it writes anything.
 */
export function grantPrivileges({ database, schema, databaseRole }: Target): string[] {
  const [inSchema, role, ledger] = [name(schema), name(databaseRole), `${name(schema)}.${name(PRISMA_LEDGER)}`];
  return [
    `grant connect on database ${name(database)} to ${role}`,
    `grant usage on schema ${inSchema} to ${role}`,
    `grant select, insert, update, delete on all tables in schema ${inSchema} to ${role}`,
    `revoke insert, update, delete on ${ledger} from ${role}`,
    `alter default privileges in schema ${inSchema} grant select, insert, update, delete on tables to ${role}`,
  ];
}

export function createSchemas(target: Target): string[] {
  return [target.schema, ledgerSchema(target)].map((schema) => `create schema if not exists ${name(schema)}`);
}
