import { checksumOf } from '../migrations/known-migrations';
import { name } from '../sql/identifiers';
import { createOwnLedger, insertOwnRow } from '../sql/own-ledger';
import { CREATE_PRISMA_LEDGER } from '../sql/prisma-ledger';
import { ledgerSchema } from '../target/names';
import { migrationSql, prismaRow } from './migration-sql';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';
import { withoutIndexes } from './updated-rows';

/** What is missing of Umami's migrations, and what is missing in the two ledgers of those that somebody else applied. */
export function planMigrations(planning: Planning): Statement[] {
  const { target, facts, applied, unrecorded, repairs, pending, seed } = planning;
  const own = new Set(facts.ownLedger);
  const missingRows = applied.filter((migration) => !own.has(migration));
  const everything = facts.prismaLedger && facts.ownLedger !== undefined;
  if (pending.length === 0 && unrecorded.length === 0 && repairs.length === 0 && missingRows.length === 0 && everything)
    return [];
  const ledger = ledgerSchema(target);
  return [
    ...statements(`set local search_path = ${name(target.schema)}`),
    ...(facts.prismaLedger ? [] : statements(CREATE_PRISMA_LEDGER)),
    ...(facts.ownLedger === undefined ? statements(createOwnLedger(ledger)) : []),
    ...statements(...unrecorded.map((migration) => prismaRow(migration, checksumOf(migration, target))), ...repairs),
    ...statements(...missingRows.map((migration) => insertOwnRow(ledger, migration))),
    ...withoutIndexes(planning, (migration) => migrationSql(migration, ledger, seed)),
  ];
}
