import type { MigrationBuilder } from 'node-pg-migrate';

/** An index, named as Prisma names it. */
export function index(pgm: MigrationBuilder, table: string, ...columns: string[]): void {
  pgm.createIndex(table, columns, { name: [table, ...columns, 'idx'].join('_') });
}

/** A unique index that is no constraint, named as Prisma names it. */
export function uniqueIndex(pgm: MigrationBuilder, table: string, ...columns: string[]): void {
  pgm.createIndex(table, columns, { name: [table, ...columns, 'key'].join('_'), unique: true });
}
