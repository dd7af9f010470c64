import { qualified } from './identifiers';

export const MIGRATIONS_TABLE = 'migrations';

/** node-pg-migrate's ledger as it makes it, but for a schema's name that has to be escaped: it would not. */
export function createOwnLedger(ledgerSchema: string): string {
  return `CREATE TABLE ${qualified(ledgerSchema, MIGRATIONS_TABLE)} (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)`;
}

export function insertOwnRow(ledgerSchema: string, migration: string): string {
  return `INSERT INTO ${qualified(ledgerSchema, MIGRATIONS_TABLE)} (name, run_on) VALUES ('${migration}', NOW())`;
}
