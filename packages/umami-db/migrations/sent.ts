import { runner } from 'node-pg-migrate';
import type { Seed } from '../runtime/migrations/seed';
import { MIGRATIONS_TABLE } from '../runtime/sql/own-ledger';
import type { UmamiMigration } from './migration';
import { migrationSource } from './node-pg-migrate';

/** What the runner is told of the server. */
export interface ServerOfRunner {
  /** Schema of node-pg-migrate's ledger; it does not quote the name. */
  readonly ledgerSchema: string;
  /** Whether that ledger exists. */
  readonly hasLedger: boolean;
  readonly seed: Seed;
}

/** A statement, and the migration that it belongs to. */
export interface Sent {
  readonly sql: string;
  /** @default - none, it is for the ledger itself */
  readonly migration?: string;
}

/**
 * What node-pg-migrate sends to a server, its ledger included: its runner is given a connection that only writes down.
 *
 * @param migrations those that are missing, in order
 */
export async function sentByRunner(
  migrations: readonly UmamiMigration[],
  { ledgerSchema, hasLedger, seed }: ServerOfRunner,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  let migration: string | undefined;
  const query = async (given: string | { text: string }) => {
    const text = typeof given === 'string' ? given : given.text;
    if (/^select/i.test(text)) return { rows: /information_schema/.test(text) && hasLedger ? [{}] : [] };
    if (!/^(begin|commit|set search_path)\b/i.test(text)) {
      const sql = text.replace(/;\s*$/, '');
      sent.push(migration === undefined ? { sql } : { sql, migration });
    }
    return { rows: [] };
  };
  const silent = { debug() {}, warn() {}, error() {} };
  await runner({
    ...migrationSource(seed, migrations),
    dbClient: { query } as never,
    schema: ledgerSchema,
    migrationsSchema: ledgerSchema,
    migrationsTable: MIGRATIONS_TABLE,
    direction: 'up',
    singleTransaction: true,
    noLock: true,
    logger: { ...silent, info: (text) => (migration = /^### MIGRATION (.*) \(UP\)/.exec(text)?.[1] ?? migration) },
  });
  return sent;
}
