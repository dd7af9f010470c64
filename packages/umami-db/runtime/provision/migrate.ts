import { runner } from 'node-pg-migrate';
import type { ClientBase } from 'pg';
import { migrations } from '../migrations/index';
import { checksums } from '../migrations/ledger';
import type { Seed, UmamiMigration } from '../migrations/migration';
import { migrationSource } from '../migrations/node-pg-migrate';
import { CREATE_PRISMA_LEDGER, insertPrismaRow } from '../sql/prisma-ledger';
import { ledgerSchema, type Target } from './target';

/** Table of node-pg-migrate's ledger. */
export const MIGRATIONS_TABLE = 'migrations';

/**
 * Applies what is missing, all of it in one transaction, and writes both ledgers in it: node-pg-migrate's own, and
 * Prisma's, by which Umami's container knows that it has nothing to do.
 *
 * @returns names of the migrations that were applied now
 */
export async function migrate(client: ClientBase, target: Target, seed: Seed): Promise<string[]> {
  try {
    const applied = await runner({
      ...migrationSource(seed, migrations.map(withPrismaLedger)),
      dbClient: client,
      schema: target.schema,
      migrationsSchema: ledgerSchema(target),
      migrationsTable: MIGRATIONS_TABLE,
      direction: 'up',
      singleTransaction: true,
      // The caller holds a lock of its own.
      noLock: true,
      logger: SILENT,
    });
    return applied.map(({ name }) => name);
  } finally {
    await client.query('reset search_path').catch(() => {});
  }
}

/** The same migration, which also writes its row into Prisma's ledger. */
function withPrismaLedger({ name, up }: UmamiMigration): UmamiMigration {
  const checksum = checksums.get(name);
  if (!checksum) throw new Error(`There is no checksum for migration ${name}.`);
  return {
    name,
    up: (pgm, seed) => {
      pgm.sql(CREATE_PRISMA_LEDGER);
      up(pgm, seed);
      pgm.sql(insertPrismaRow(name, checksum));
    },
  };
}

/** The runner would print every failing statement; what fails is thrown, and reported once. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
