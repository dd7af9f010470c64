import type { ColumnDefinition, MigrationBuilder } from 'node-pg-migrate';

export const TIMESTAMP = 'timestamptz(6)';
export const AMOUNT = 'numeric(19,4)';

/** The primary key. PostgreSQL names its constraint `<table>_pkey`. */
export const KEY: ColumnDefinition = { type: 'uuid', primaryKey: true };

/** The primary key of the tables whose ids are texts that Umami makes. */
export const TEXT_KEY: ColumnDefinition = { type: 'text', primaryKey: true };

export function required(type: string): ColumnDefinition {
  return { type, notNull: true };
}

export function createdAt(pgm: MigrationBuilder): ColumnDefinition {
  return { type: TIMESTAMP, default: pgm.func('CURRENT_TIMESTAMP') };
}
