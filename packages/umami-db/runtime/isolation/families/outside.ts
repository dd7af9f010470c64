/** Schemas that are neither PostgreSQL's own nor Umami's, as a condition on pg_namespace; see {@link umamiSchema}. */
export const OUTSIDE = `nspname not in (select schema from umami_schema) and nspname !~ '^pg_' and nspname <> 'information_schema'`;

/**
 * Common table expression `umami_schema (schema, oid)`: Umami's schema. Not the ledger's, and no other of the same owner: Umami
 * needs neither.
 *
 * @param parameter that holds Umami's schema, e.g. `$2`
 */
export function umamiSchema(parameter: string): string {
  return `umami_schema (schema, oid) as (select nspname, oid from pg_namespace where nspname = ${parameter})`;
}

/** Whether an object belongs to an extension, as a condition. */
export function inExtension(catalog: string, oid: string): string {
  return `exists (select from pg_depend where classid = '${catalog}'::regclass and objid = ${oid} and deptype = 'e')`;
}

/**
 * Columns of a `rights` query: family, object as a person reads it, the text before REVOKE, the text after ON, the
 * columns of a column privilege, access control list, owner, schema that has to be entered first, privileges that count.
 */
export function right(columns: {
  readonly family: string;
  readonly object: string;
  readonly prefix?: string;
  /** @default - the object */
  readonly on?: string;
  readonly part?: string;
  readonly acl: string;
  readonly owner: string;
  readonly schema?: string;
  readonly privileges: readonly string[];
}): string {
  const {
    family,
    object,
    prefix = `''`,
    on = object,
    part = `''`,
    acl,
    owner,
    schema = 'null::oid',
    privileges,
  } = columns;
  const values = [`'${family}'`, object, prefix, on, part, acl, owner, schema, `'{${privileges}}'::text[]`];
  return `select ${values.join(', ')}`;
}
