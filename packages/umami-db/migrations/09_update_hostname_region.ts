import type { MigrationBuilder } from 'node-pg-migrate';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.addColumns('website_event', { hostname: 'varchar(100)' });
  copyHostnames(pgm);

  for (const column of ['hostname', 'subdivision1']) {
    pgm.dropIndex('session', ['website_id', 'created_at', column], {
      name: `session_website_id_created_at_${column}_idx`,
      ifExists: true,
    });
  }
  pgm.renameColumn('session', 'subdivision1', 'region');
  pgm.dropColumns('session', ['subdivision2', 'hostname']);

  index(pgm, 'website_event', 'website_id', 'created_at', 'hostname');
  index(pgm, 'session', 'website_id', 'created_at', 'region');
}

function copyHostnames(pgm: MigrationBuilder): void {
  pgm.sql(`
    UPDATE website_event AS event
    SET hostname = visitor.hostname
    FROM "session" AS visitor
    WHERE (visitor.session_id, visitor.website_id) = (event.session_id, event.website_id)
      AND visitor.hostname IS NOT NULL`);
}
