import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('annotation', {
    annotation_id: KEY,
    website_id: required('uuid'),
    user_id: 'uuid',
    date: required(TIMESTAMP),
    all_day: { type: 'boolean', notNull: true, default: true },
    note: required('varchar(500)'),
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'annotation', 'annotation_id');
  index(pgm, 'annotation', 'website_id', 'date');
}
