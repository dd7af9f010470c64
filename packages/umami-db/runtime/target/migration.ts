/** One step of the schema, as node-pg-migrate sends it to a server. */
export interface Migration {
  /** The name that Umami gives it, and Prisma's ledger with it. */
  readonly name: string;
  /** SQL, with a place for what differs from one database to the next. */
  readonly statements: readonly string[];
}

/** A migration that the package does not have: Umami's own, from a folder of one of its releases. */
export interface FurtherMigration extends Migration {
  /** SHA-256 of its migration.sql, as Prisma's ledger keeps it. */
  readonly checksum: string;
  /** Line of migration.sql that each statement begins in. */
  readonly lines: readonly number[];
}
