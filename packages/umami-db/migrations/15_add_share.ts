import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('share', {
    share_id: KEY,
    entity_id: required('uuid'),
    name: required('varchar(200)'),
    share_type: required('integer'),
    slug: required('varchar(100)'),
    parameters: required('jsonb'),
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'share', 'slug');
  index(pgm, 'share', 'entity_id');
  moveShares(pgm);

  pgm.dropIndex('website', 'share_id', { name: 'website_share_id_idx' });
  pgm.dropIndex('website', 'share_id', { name: 'website_share_id_key' });
  pgm.dropColumns('website', 'share_id');
}

function moveShares(pgm: MigrationBuilder): void {
  pgm.sql(`
    INSERT INTO share (share_id, share_type, entity_id, name, slug, parameters)
    SELECT gen_random_uuid(), 1, website_id, name, website.share_id, jsonb_build_object('overview', true)
    FROM website
    WHERE website.share_id IS NOT NULL`);
}
