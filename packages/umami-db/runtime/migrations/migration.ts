import type { MigrationBuilder } from 'node-pg-migrate';

/** What the migrations put into the tables beside what they find there. */
export interface Seed {
  /**
   * bcrypt hash of the administrator's password.
   * @default - no administrator is made
   */
  readonly administratorPasswordHash?: string;
}

/** One step of the schema. It never names the schema: the search_path decides where it lands. */
export interface UmamiMigration {
  /** The name that Umami gives it, and Prisma's ledger with it. */
  readonly name: string;
  up(pgm: MigrationBuilder, seed: Seed): void;
}
