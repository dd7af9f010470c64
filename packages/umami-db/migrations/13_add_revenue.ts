import type { MigrationBuilder } from 'node-pg-migrate';
import { AMOUNT, createdAt, KEY, required } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('revenue', {
    revenue_id: KEY,
    website_id: required('uuid'),
    session_id: required('uuid'),
    event_id: required('uuid'),
    event_name: required('varchar(50)'),
    currency: required('varchar(100)'),
    revenue: AMOUNT,
    created_at: createdAt(pgm),
  });
  uniqueIndex(pgm, 'revenue', 'revenue_id');
  index(pgm, 'revenue', 'website_id');
  index(pgm, 'revenue', 'session_id');
  index(pgm, 'revenue', 'website_id', 'created_at');
  index(pgm, 'revenue', 'website_id', 'session_id', 'created_at');
}
