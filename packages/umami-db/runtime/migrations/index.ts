import { inflateRawSync } from 'node:zlib';
import { literal } from '../sql/identifiers';
import recorded from './recorded.json';
import { PASSWORD_HASH_PLACE, type Seed } from './seed';

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

export function isFurther(migration: Migration): migration is FurtherMigration {
  return 'checksum' in migration;
}

/** Umami's schema, step by step, in the order in which Umami made it: what `migrations/record.ts` wrote down. */
export const migrations: readonly Migration[] = JSON.parse(
  inflateRawSync(Buffer.from(recorded.deflated, 'base64')).toString(),
);

/** What a migration sends to a server, without the rows of the ledgers. Without a hash there is no administrator. */
export function statementsOf(migration: Migration, { administratorPasswordHash: hash }: Seed): readonly string[] {
  const { statements } = migration;
  if (isFurther(migration)) return statements;
  const place = literal(PASSWORD_HASH_PLACE);
  if (hash === undefined) return statements.filter((sql) => !sql.includes(place));
  return statements.map((sql) => sql.replace(place, () => literal(hash)));
}
