import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('api_key', {
    api_key_id: KEY,
    user_id: required('uuid'),
    name: required('varchar(255)'),
    key_hash: required('varchar(128)'),
    key_prefix: required('varchar(20)'),
    last_used_at: TIMESTAMP,
    created_at: createdAt(pgm),
  });
  uniqueIndex(pgm, 'api_key', 'key_hash');
  index(pgm, 'api_key', 'user_id');
  pgm.addConstraint('api_key', 'api_key_user_id_fkey', {
    foreignKeys: { columns: 'user_id', references: '"user"(user_id)', onDelete: 'CASCADE', onUpdate: 'CASCADE' },
  });
}
