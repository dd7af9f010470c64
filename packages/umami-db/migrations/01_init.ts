import type { MigrationBuilder } from 'node-pg-migrate';
import { escapeLiteral } from 'pg';
import type { Seed } from '../runtime/migrations/seed';
import { AMOUNT, createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder, seed: Seed): void {
  createAccounts(pgm);
  createWebsites(pgm);
  createEvents(pgm);
  if (seed.administratorPasswordHash !== undefined) insertAdministrator(pgm, seed.administratorPasswordHash);
}

function createAccounts(pgm: MigrationBuilder): void {
  pgm.createTable('user', {
    user_id: KEY,
    username: required('varchar(255)'),
    password: required('varchar(60)'),
    role: required('varchar(50)'),
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
    deleted_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'user', 'user_id');
  uniqueIndex(pgm, 'user', 'username');

  pgm.createTable('team', {
    team_id: KEY,
    name: required('varchar(50)'),
    access_code: 'varchar(50)',
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'team', 'team_id');
  uniqueIndex(pgm, 'team', 'access_code');
  index(pgm, 'team', 'access_code');

  pgm.createTable('team_user', {
    team_user_id: KEY,
    team_id: required('uuid'),
    user_id: required('uuid'),
    role: required('varchar(50)'),
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'team_user', 'team_user_id');
  index(pgm, 'team_user', 'team_id');
  index(pgm, 'team_user', 'user_id');
}

function createWebsites(pgm: MigrationBuilder): void {
  pgm.createTable('website', {
    website_id: KEY,
    name: required('varchar(100)'),
    domain: 'varchar(500)',
    share_id: 'varchar(50)',
    reset_at: TIMESTAMP,
    user_id: 'uuid',
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
    deleted_at: TIMESTAMP,
  });
  uniqueIndex(pgm, 'website', 'website_id');
  uniqueIndex(pgm, 'website', 'share_id');
  index(pgm, 'website', 'user_id');
  index(pgm, 'website', 'created_at');
  index(pgm, 'website', 'share_id');

  pgm.createTable('team_website', {
    team_website_id: KEY,
    team_id: required('uuid'),
    website_id: required('uuid'),
    created_at: createdAt(pgm),
  });
  uniqueIndex(pgm, 'team_website', 'team_website_id');
  index(pgm, 'team_website', 'team_id');
  index(pgm, 'team_website', 'website_id');
}

function createEvents(pgm: MigrationBuilder): void {
  pgm.createTable('session', {
    session_id: KEY,
    website_id: required('uuid'),
    hostname: 'varchar(100)',
    browser: 'varchar(20)',
    os: 'varchar(20)',
    device: 'varchar(20)',
    screen: 'varchar(11)',
    language: 'varchar(35)',
    country: 'char(2)',
    subdivision1: 'varchar(20)',
    subdivision2: 'varchar(50)',
    city: 'varchar(50)',
    created_at: createdAt(pgm),
  });
  uniqueIndex(pgm, 'session', 'session_id');
  index(pgm, 'session', 'created_at');
  index(pgm, 'session', 'website_id');

  pgm.createTable('website_event', {
    event_id: KEY,
    website_id: required('uuid'),
    session_id: required('uuid'),
    created_at: createdAt(pgm),
    url_path: required('varchar(500)'),
    url_query: 'varchar(500)',
    referrer_path: 'varchar(500)',
    referrer_query: 'varchar(500)',
    referrer_domain: 'varchar(500)',
    page_title: 'varchar(500)',
    event_type: { type: 'integer', notNull: true, default: 1 },
    event_name: 'varchar(50)',
  });
  index(pgm, 'website_event', 'created_at');
  index(pgm, 'website_event', 'session_id');
  index(pgm, 'website_event', 'website_id');
  index(pgm, 'website_event', 'website_id', 'created_at');
  index(pgm, 'website_event', 'website_id', 'session_id', 'created_at');

  pgm.createTable('event_data', {
    event_id: KEY,
    website_id: required('uuid'),
    website_event_id: required('uuid'),
    event_key: required('varchar(500)'),
    event_string_value: 'varchar(500)',
    event_numeric_value: AMOUNT,
    event_date_value: TIMESTAMP,
    event_data_type: required('integer'),
    created_at: createdAt(pgm),
  });
  index(pgm, 'event_data', 'created_at');
  index(pgm, 'event_data', 'website_id');
  index(pgm, 'event_data', 'website_event_id');
}

function insertAdministrator(pgm: MigrationBuilder, passwordHash: string): void {
  pgm.sql(`
    INSERT INTO "user" (user_id, username, password, role)
    VALUES ('41e2b680-648e-4b09-bcd7-3e2b10c06264', 'admin', ${escapeLiteral(passwordHash)}, 'admin')`);
}
