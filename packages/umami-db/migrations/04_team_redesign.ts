import type { MigrationBuilder } from 'node-pg-migrate';
import { TIMESTAMP } from './columns';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.addColumns('team', { deleted_at: TIMESTAMP, logo_url: 'varchar(2183)' });
  pgm.addColumns('user', { display_name: 'varchar(255)', logo_url: 'varchar(2183)' });
  pgm.addColumns('website', { created_by: 'uuid', team_id: 'uuid' });

  // No website has a team yet, so each was created by the user it belongs to.
  pgm.sql('UPDATE website SET created_by = user_id WHERE user_id IS NOT NULL');

  pgm.dropTable('team_website');
  index(pgm, 'website', 'team_id');
  index(pgm, 'website', 'created_by');
}
