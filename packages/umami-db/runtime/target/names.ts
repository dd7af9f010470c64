import type { Target } from './target';

/** Schema of node-pg-migrate's ledger. Not Umami's own: Prisma would find a table it does not know and refuse to start. */
export function ledgerSchema(target: Pick<Target, 'schema'>): string {
  return `${target.schema}${LEDGER_SUFFIX}`;
}

const LEDGER_SUFFIX = '_migrations';

/** PostgreSQL cuts longer names off without an error (NAMEDATALEN - 1). */
const LONGEST_NAME_BYTES = 63;

/** As AWS's rotation functions for alternating users name the second one. */
const SECOND_SUFFIX = '_clone';

/**
 * Name of the second of two alternating database roles.
 *
 * @param first name of the first one, at most 57 bytes
 */
export function secondDatabaseRole(first: string): string {
  return `${first}${SECOND_SUFFIX}`;
}

/** The one of the two that the user has named. */
export function firstDatabaseRole({ databaseRole, otherDatabaseRole: other }: Names): string {
  return other !== undefined && databaseRole === secondDatabaseRole(other) ? other : databaseRole;
}

type Names = Pick<Target, 'databaseRole' | 'otherDatabaseRole'>;

/**
 * What is wrong with the names of schema and database roles, if anything: they are checked at every edge.
 *
 * @returns sentences without a full stop at a place; empty when all are fit
 */
export function invalidNames({
  schema,
  tablesOwner,
  ...roles
}: Pick<Target, 'schema' | 'tablesOwner'> & Names): string[] {
  const alternates = roles.otherDatabaseRole !== undefined;
  const longest = LONGEST_NAME_BYTES - (alternates ? SECOND_SUFFIX.length : 0);
  return [
    ...invalidName('schema', schema, LONGEST_NAME_BYTES - LEDGER_SUFFIX.length, [
      'public',
      'information_schema',
      '$user',
    ]),
    ...invalidName('database role', firstDatabaseRole(roles), longest, ['public', 'none']),
    ...(alternates && tablesOwner === 'umami' ? [ONE_OWNER] : []),
  ];
}

const ONE_OWNER =
  '`alternatingDatabaseRoles` must be false where `tablesOwner` is umami, got: true. Only one of two database roles can own the tables; leave one of the two out.';

function invalidName(what: string, name: string, longest: number, reserved: readonly string[]): string[] {
  const wrong = (expected: string) => [`The name of the ${what} must ${expected}, got: ${JSON.stringify(name)}.`];
  if (name === '' || [...name].some((character) => character < ' '))
    return wrong('be a text without control characters');
  if (Buffer.byteLength(name) > longest) return wrong(`have at most ${longest} bytes`);
  if (reserved.includes(name) || name.startsWith('pg_')) return wrong("not be one of PostgreSQL's own");
  return [];
}
