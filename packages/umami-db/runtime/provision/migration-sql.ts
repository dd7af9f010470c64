import { runner } from 'node-pg-migrate';
import { checksums } from '../migrations/ledger';
import type { Seed, UmamiMigration } from '../migrations/migration';
import { migrationSource } from '../migrations/node-pg-migrate';
import { name } from '../sql/identifiers';
import { insertPrismaRow } from '../sql/prisma-ledger';
import { MIGRATIONS_TABLE } from './ledgers';
import type { Statement } from './statement';

/** What stands for node-pg-migrate's ledger while it speaks: it does not quote the names that it is given. */
const STAND_IN = 'ledger';

/**
 * What node-pg-migrate would send to the server, ledgers included: its runner is given a connection that only writes down.
 * So what is shown beforehand and what is run afterwards are the same.
 *
 * @param migrations those that are missing, in order
 * @param ledgerSchema schema of node-pg-migrate's ledger
 * @param hasLedger whether that ledger exists
 */
export async function migrationSql(
  migrations: readonly UmamiMigration[],
  { ledgerSchema, hasLedger, seed }: { ledgerSchema: string; hasLedger: boolean; seed: Seed },
): Promise<Statement[]> {
  const recorded: Statement[] = [];
  let migration: string | undefined;
  const query = async (given: string | { text: string }) => {
    const text = typeof given === 'string' ? given : given.text;
    if (/^select/i.test(text)) return { rows: /information_schema/.test(text) && hasLedger ? [{}] : [] };
    if (!/^(begin|commit|set search_path)\b/i.test(text)) {
      const sql = text.replace(`"${STAND_IN}"."${MIGRATIONS_TABLE}"`, qualified(ledgerSchema)).replace(/;\s*$/, '');
      recorded.push(migration === undefined ? { sql } : { sql, migration });
    }
    return { rows: [] };
  };
  const silent = { debug() {}, warn() {}, error() {} };
  await runner({
    ...migrationSource(seed, migrations.map(withPrismaRow)),
    dbClient: { query } as never,
    schema: STAND_IN,
    migrationsSchema: STAND_IN,
    migrationsTable: MIGRATIONS_TABLE,
    direction: 'up',
    singleTransaction: true,
    noLock: true,
    logger: { ...silent, info: (text) => (migration = /^### MIGRATION (.*) \(UP\)/.exec(text)?.[1] ?? migration) },
  });
  return recorded;
}

/** A row of node-pg-migrate's ledger for what somebody else has applied. */
export function insertOwnRow(ledgerSchema: string, migration: string): string {
  return `insert into ${qualified(ledgerSchema)} (name, run_on) values ('${migration}', now())`;
}

/** A row of Prisma's ledger for one of Umami's migrations. */
export function prismaRow(migration: string): string {
  const checksum = checksums.get(migration);
  if (!checksum) throw new Error(`There is no checksum for migration ${migration}.`);
  return insertPrismaRow(migration, checksum);
}

function qualified(ledgerSchema: string): string {
  return `${name(ledgerSchema)}.${name(MIGRATIONS_TABLE)}`;
}

/** The same migration, which also writes its row into Prisma's ledger. */
function withPrismaRow({ name: migration, up }: UmamiMigration): UmamiMigration {
  return {
    name: migration,
    up: (pgm, seed) => {
      up(pgm, seed);
      pgm.sql(prismaRow(migration));
    },
  };
}
