import type { MigrationBuilder } from 'node-pg-migrate';

export function up(pgm: MigrationBuilder): void {
  pgm.addColumns('session', { distinct_id: 'varchar(50)' });
  pgm.addColumns('session_data', { distinct_id: 'varchar(50)' });
}
