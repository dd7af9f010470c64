import { isFurther, type Migration, statementsOf } from '../migrations/index';
import { checksums } from '../migrations/ledger';
import type { Seed } from '../migrations/seed';
import { insertOwnRow } from '../sql/own-ledger';
import { insertPrismaRow } from '../sql/prisma-ledger';
import type { Statement } from './statement';

/** What a migration sends to the server, its row of each ledger included. */
export function migrationSql(migration: Migration, ledgerSchema: string, seed: Seed): Statement[] {
  const { name } = migration;
  const sql = [
    ...statementsOf(migration, seed),
    prismaRow(name, isFurther(migration) ? migration.checksum : undefined),
    insertOwnRow(ledgerSchema, name),
  ];
  return sql.map((statement) => ({ sql: statement, migration: name }));
}

/**
 * A row of Prisma's ledger for one of Umami's migrations.
 *
 * @param checksum of one that the package does not have
 */
export function prismaRow(migration: string, checksum = checksums.get(migration)): string {
  if (!checksum) throw new Error(`There is no checksum for migration ${migration}.`);
  return insertPrismaRow(migration, checksum);
}
