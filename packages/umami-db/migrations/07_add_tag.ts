import type { MigrationBuilder } from 'node-pg-migrate';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.addColumns('website_event', { tag: 'varchar(50)' });
  index(pgm, 'website_event', 'website_id', 'created_at', 'tag');
}
