import { inflateRawSync } from 'node:zlib';
import { literal } from '../sql/identifiers';
import type { FurtherMigration, Migration } from '../target/migration';
import recorded from './recorded.json';
import { PASSWORD_HASH_PLACE, type Seed } from './seed';

export type { FurtherMigration, Migration } from '../target/migration';

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
