import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('segment', {
    segment_id: KEY,
    website_id: required('uuid'),
    type: required('varchar(200)'),
    name: required('varchar(200)'),
    parameters: required('jsonb'),
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'segment', 'segment_id');
  index(pgm, 'segment', 'website_id');
}
