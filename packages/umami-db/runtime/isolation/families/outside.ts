/** Schemas that are neither PostgreSQL's own nor Umami's, as a condition on pg_namespace; `$2` is Umami's schema. */
export const OUTSIDE = `nspname <> $2 and nspname !~ '^pg_' and nspname <> 'information_schema'`;

/** Whether an object belongs to an extension, as a condition. */
export function inExtension(catalog: string, oid: string): string {
  return `exists (select from pg_depend where classid = '${catalog}'::regclass and objid = ${oid} and deptype = 'e')`;
}

/**
 * Columns of a `rights` query: family, object as a person reads it, what stands before REVOKE, what stands behind ON, the
 * columns of a column privilege, access control list, owner, schema that has to be entered first, privileges that count.
 */
export function right(columns: {
  readonly family: string;
  readonly object: string;
  readonly prefix?: string;
  readonly on: string;
  readonly part?: string;
  readonly acl: string;
  readonly owner: string;
  readonly schema?: string;
  readonly privileges: readonly string[];
}): string {
  const { family, object, prefix = `''`, on, part = `''`, acl, owner, schema = 'null::oid', privileges } = columns;
  return `select '${family}', ${object}, ${prefix}, ${on}, ${part}, ${acl}, ${owner}, ${schema}, '{${privileges}}'::text[]`;
}
