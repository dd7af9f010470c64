import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required, TIMESTAMP } from './columns';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.dropIndex('board', 'slug', { name: 'board_slug_key', ifExists: true });
  pgm.dropIndex('board', 'slug', { name: 'board_slug_idx', ifExists: true });
  pgm.dropColumns('board', 'slug', { ifExists: true });

  pgm.addColumns('website', {
    replay_enabled: { type: 'boolean', notNull: true, default: false },
    replay_config: 'jsonb',
  });
  createReplays(pgm);
  createSavedReplays(pgm);
}

function createReplays(pgm: MigrationBuilder): void {
  pgm.createTable('session_replay', {
    replay_id: KEY,
    website_id: required('uuid'),
    session_id: required('uuid'),
    visit_id: required('uuid'),
    chunk_index: required('integer'),
    events: required('bytea'),
    event_count: required('integer'),
    started_at: required(TIMESTAMP),
    ended_at: required(TIMESTAMP),
    created_at: createdAt(pgm),
  });
  index(pgm, 'session_replay', 'website_id');
  index(pgm, 'session_replay', 'session_id');
  index(pgm, 'session_replay', 'website_id', 'session_id');
  index(pgm, 'session_replay', 'website_id', 'visit_id');
  index(pgm, 'session_replay', 'website_id', 'created_at');
  index(pgm, 'session_replay', 'session_id', 'chunk_index');
}

function createSavedReplays(pgm: MigrationBuilder): void {
  pgm.createTable('session_replay_saved', {
    saved_replay_id: KEY,
    name: required('varchar(100)'),
    website_id: required('uuid'),
    visit_id: required('uuid'),
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  pgm.addConstraint('session_replay_saved', 'session_replay_saved_website_id_visit_id_key', {
    unique: ['website_id', 'visit_id'],
  });
  index(pgm, 'session_replay_saved', 'website_id');
  index(pgm, 'session_replay_saved', 'visit_id');
  index(pgm, 'session_replay_saved', 'website_id', 'created_at');
}
