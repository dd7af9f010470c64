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

/** Umami's schema, step by step, in the order in which Umami made it: what `migrations/record.ts` wrote down. */
export const migrations: readonly Migration[] = JSON.parse(
  inflateRawSync(Buffer.from(recorded.deflated, 'base64')).toString(),
);

/** What a migration sends to a server, without the rows of the ledgers. Without a hash there is no administrator. */
export function statementsOf({ statements }: Migration, { administratorPasswordHash: hash }: Seed): string[] {
  const place = literal(PASSWORD_HASH_PLACE);
  if (hash === undefined) return statements.filter((sql) => !sql.includes(place));
  return statements.map((sql) => sql.replace(place, () => literal(hash)));
}
