import { snapshotDifferences, type VerifyAnswer } from '@user-metrics/umami-db/verification';
import { databaseFacts } from '../../account/database-function';
import type { Criterion } from '../criterion';

/** `1.2.IV1`: schemas, grants, database roles and their settings of others are as they were in an earlier snapshot. */
export const otherSchemas: Criterion<Pick<VerifyAnswer, 'snapshot' | 'rows'>> = {
  id: '1.2.IV1',
  observe: databaseFacts,
  evaluate({ snapshot, rows }, { databaseBefore: before }) {
    const described = Object.entries(snapshot.schemas).map(
      ([name, { counts }]) => `${name} (${counts['table'] ?? 0} tables, about ${rows[name] ?? 0} rows)`,
    );
    const evidence = `schemas of others: ${described.join(', ') || 'none'}`;
    if (!before)
      return { wrong: [], evidence, unknown: 'what the database had before is not known: no snapshot holds it' };
    const { database, takenAt, isBefore = false } = before;
    if (database.database !== snapshot.database)
      return { wrong: [`the earlier snapshot is of database ${database.database}`], evidence };
    const found = {
      wrong: snapshotDifferences(database, snapshot),
      evidence: `${evidence}; compared with the snapshot of ${takenAt}`,
    };
    const unknown = `unchanged since ${takenAt}; no snapshot holds the database of before the first deployment`;
    return isBefore ? found : { ...found, unknown };
  },
};
