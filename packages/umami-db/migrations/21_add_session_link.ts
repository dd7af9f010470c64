import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, required } from './columns';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.createTable(
    'session_link',
    {
      website_id: required('uuid'),
      session_id: required('uuid'),
      distinct_id: required('varchar(50)'),
      created_at: createdAt(pgm),
    },
    { constraints: { primaryKey: ['website_id', 'distinct_id', 'session_id'] } },
  );
  index(pgm, 'session_link', 'website_id', 'session_id');
}
