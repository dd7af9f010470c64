import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('board', {
    board_id: KEY,
    type: required('varchar(50)'),
    name: required('varchar(200)'),
    description: required('varchar(500)'),
    parameters: required('jsonb'),
    slug: required('varchar(100)'),
    user_id: 'uuid',
    team_id: 'uuid',
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'board', 'slug');
  for (const column of ['slug', 'user_id', 'team_id', 'created_at']) index(pgm, 'board', column);
}
