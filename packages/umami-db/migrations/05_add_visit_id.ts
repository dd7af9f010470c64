import type { MigrationBuilder } from 'node-pg-migrate';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.addColumns('website_event', { visit_id: 'uuid' });
  numberVisits(pgm);
  pgm.alterColumn('website_event', 'visit_id', { notNull: true });

  index(pgm, 'website_event', 'visit_id');
  index(pgm, 'website_event', 'website_id', 'visit_id', 'created_at');
}

/** A visit is what one session did within one clock hour. */
function numberVisits(pgm: MigrationBuilder): void {
  pgm.sql(`
    WITH visit AS MATERIALIZED (
      SELECT session_id, date_trunc('hour', created_at) AS started_at, gen_random_uuid() AS visit_id
      FROM website_event
      GROUP BY session_id, date_trunc('hour', created_at)
    )
    UPDATE website_event AS event
    SET visit_id = visit.visit_id
    FROM visit
    WHERE visit.session_id = event.session_id AND visit.started_at = date_trunc('hour', event.created_at)`);
}
