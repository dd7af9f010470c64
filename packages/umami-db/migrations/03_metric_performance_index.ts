import type { MigrationBuilder } from 'node-pg-migrate';
import { index } from './prisma-indexes';

const MEASURED_BY = {
  event_data: ['event_key'],
  session: ['hostname', 'browser', 'os', 'device', 'screen', 'language', 'country', 'subdivision1', 'city'],
  website_event: ['url_path', 'url_query', 'referrer_domain', 'page_title', 'event_name'],
};

export function up(pgm: MigrationBuilder): void {
  index(pgm, 'event_data', 'website_id', 'created_at');
  index(pgm, 'session', 'website_id', 'created_at');
  for (const [table, columns] of Object.entries(MEASURED_BY)) {
    for (const column of columns) index(pgm, table, 'website_id', 'created_at', column);
  }
}
