import type { MigrationBuilder } from 'node-pg-migrate';

/** Their primary keys have an index of their own. */
const KEYS = {
  link: 'link_id',
  pixel: 'pixel_id',
  report: 'report_id',
  revenue: 'revenue_id',
  segment: 'segment_id',
  session: 'session_id',
  team: 'team_id',
  team_user: 'team_user_id',
  user: 'user_id',
  website: 'website_id',
};

export function up(pgm: MigrationBuilder): void {
  for (const [table, column] of Object.entries(KEYS)) pgm.dropIndex(table, column, { name: `${table}_${column}_key` });
}
