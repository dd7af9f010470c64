import type { MigrationBuilder } from 'node-pg-migrate';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.dropIndex('event_data', ['website_id', 'created_at', 'event_key'], {
    name: 'event_data_website_id_created_at_event_key_idx',
    ifExists: true,
  });
  pgm.renameColumn('event_data', 'event_key', 'data_key');
  pgm.dropColumns('session_data', 'deleted_at');
  pgm.renameColumn('session_data', 'session_key', 'data_key');

  index(pgm, 'event_data', 'website_id', 'created_at', 'data_key');
  index(pgm, 'session_data', 'session_id', 'created_at');
  index(pgm, 'session_data', 'website_id', 'created_at', 'data_key');
}
