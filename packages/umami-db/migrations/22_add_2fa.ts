import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, required, TEXT_KEY, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  for (const table of ['team', 'user'])
    pgm.addColumns(table, { two_factor_required: { type: 'boolean', notNull: true, default: false } });
  createFactors(pgm);
  createCodes(pgm);
  createRateLimits(pgm);
  pgm.createTable('app_setting', { key: TEXT_KEY, value: required('text') });
  // An adopted schema may have it: Prisma's datamodel had this index before the migrations had it.
  pgm.createIndex('session_replay', 'visit_id', { name: 'session_replay_visit_id_idx', ifNotExists: true });
}

function createFactors(pgm: MigrationBuilder): void {
  pgm.createTable('two_factor_auth', {
    id: TEXT_KEY,
    user_id: required('uuid'),
    secret: required('text'),
    is_enabled: { type: 'boolean', notNull: true, default: false },
    created_at: { ...createdAt(pgm), notNull: true },
    updated_at: required(TIMESTAMP),
  });
  uniqueIndex(pgm, 'two_factor_auth', 'user_id');
}

function createCodes(pgm: MigrationBuilder): void {
  pgm.createTable('two_factor_backup_code', {
    id: TEXT_KEY,
    user_id: required('uuid'),
    code_hash: required('text'),
    used: { type: 'boolean', notNull: true, default: false },
    created_at: { ...createdAt(pgm), notNull: true },
  });
  index(pgm, 'two_factor_backup_code', 'user_id');

  pgm.createTable('two_factor_otp_used', {
    id: TEXT_KEY,
    user_id: required('uuid'),
    otp: required('text'),
    expires_at: required(TIMESTAMP),
  });
  uniqueIndex(pgm, 'two_factor_otp_used', 'user_id', 'otp');
}

function createRateLimits(pgm: MigrationBuilder): void {
  pgm.createTable('two_factor_rate_limit', {
    id: TEXT_KEY,
    user_id: required('uuid'),
    attempts: { type: 'integer', notNull: true, default: 0 },
    locked_until: TIMESTAMP,
    updated_at: required(TIMESTAMP),
  });
  uniqueIndex(pgm, 'two_factor_rate_limit', 'user_id');
}
