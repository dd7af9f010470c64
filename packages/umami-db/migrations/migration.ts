import type { MigrationBuilder } from 'node-pg-migrate';
import type { Seed } from '../runtime/migrations/seed';

/** One step of the schema. It never names the schema: the search_path decides where it lands. */
export interface UmamiMigration {
  /** The name that Umami gives it, and Prisma's ledger with it. */
  readonly name: string;
  up(pgm: MigrationBuilder, seed: Seed): void;
}
