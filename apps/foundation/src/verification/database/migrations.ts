import type { VerifyAnswer } from '@user-metrics/umami-db/verification';
import { databaseFacts } from '../../account/database-function';
import type { Criterion } from '../criterion';

/** `1.2.AC6`: all migrations are in both ledgers, and tables and indexes are what they make. */
export const migrations: Criterion<Pick<VerifyAnswer, 'migrations' | 'tables' | 'problems'>> = {
  id: '1.2.AC6',
  observe: databaseFacts,
  evaluate({ migrations: found, tables, problems }) {
    if (!found) return { wrong: ['the ledger of the migrations cannot be read', ...problems], evidence: 'no ledger' };
    const { applied, pending, failed, ahead, recorded } = found;
    // Migrations of a newer Umami, which its own container has applied, are in Prisma's ledger alone.
    const ours = applied.filter((migration) => !ahead.includes(migration)).length;
    return {
      wrong: [
        ...pending.map((migration) => `migration ${migration} is not applied`),
        ...failed.map((migration) => `migration ${migration} began and did not end`),
        ...(recorded >= ours ? [] : [`${recorded} migrations in the ledger of umami-db, ${ours} in that of Prisma`]),
        ...(tables?.wrong ?? []),
        ...(tables || applied.length === 0 ? [] : ['the tables cannot be compared with the migrations', ...problems]),
        ...(applied.length === 0 ? ['no migration is applied'] : []),
      ],
      evidence: `${applied.length} migrations up to ${applied.at(-1)}; ${tables?.tables} tables and ${tables?.indexes} indexes, as the migrations make them`,
    };
  },
};
