import type { MigrationBuilder } from 'node-pg-migrate';
import { AMOUNT, createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.renameColumn('event_data', 'event_data_type', 'data_type');
  pgm.renameColumn('event_data', 'event_date_value', 'date_value');
  pgm.renameColumn('event_data', 'event_id', 'event_data_id');
  pgm.renameColumn('event_data', 'event_numeric_value', 'number_value');
  pgm.renameColumn('event_data', 'event_string_value', 'string_value');

  pgm.createTable('session_data', {
    session_data_id: KEY,
    website_id: required('uuid'),
    session_id: required('uuid'),
    session_key: required('varchar(500)'),
    string_value: 'varchar(500)',
    number_value: AMOUNT,
    date_value: TIMESTAMP,
    data_type: required('integer'),
    created_at: createdAt(pgm),
    deleted_at: createdAt(pgm),
  });
  index(pgm, 'session_data', 'created_at');
  index(pgm, 'session_data', 'website_id');
  index(pgm, 'session_data', 'session_id');

  pgm.createTable('report', {
    report_id: KEY,
    user_id: required('uuid'),
    website_id: required('uuid'),
    type: required('varchar(200)'),
    name: required('varchar(200)'),
    description: required('varchar(500)'),
    parameters: required('varchar(6000)'),
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'report', 'report_id');
  index(pgm, 'report', 'user_id');
  index(pgm, 'report', 'website_id');
  index(pgm, 'report', 'type');
  index(pgm, 'report', 'name');

  writeNumbersAndDatesAsText(pgm);
}

/** The Z is there whatever the time zone of the session, and when there is no date: Umami's own data has it so. */
function writeNumbersAndDatesAsText(pgm: MigrationBuilder): void {
  pgm.sql(`
    UPDATE event_data
    SET string_value = CASE data_type
      WHEN 2 THEN number_value::text
      ELSE coalesce(to_char(date_value, 'YYYY-MM-DD"T"HH24:MI:SS'), '') || 'Z'
    END
    WHERE data_type IN (2, 4)`);
}
