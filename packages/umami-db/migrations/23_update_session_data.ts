import type { MigrationBuilder } from 'node-pg-migrate';
import { uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  // A duplicate that is inserted between the two statements would make the index fail.
  pgm.sql('LOCK TABLE session_data IN SHARE ROW EXCLUSIVE MODE');
  deleteDuplicates(pgm);
  uniqueIndex(pgm, 'session_data', 'session_id', 'data_key');
}

/** The newest row of each key of a session stays. */
function deleteDuplicates(pgm: MigrationBuilder): void {
  pgm.sql(`
    DELETE FROM session_data AS duplicate
    USING (
      SELECT session_data_id, row_number() OVER (
        PARTITION BY session_id, data_key ORDER BY created_at DESC NULLS LAST, session_data_id DESC
      ) AS position
      FROM session_data
    ) AS each
    WHERE each.session_data_id = duplicate.session_data_id AND each.position > 1`);
}
