/** Schemas that are neither PostgreSQL's own nor ours, as a condition on pg_namespace; see {@link ourSchemas}. */
export const OUTSIDE = `nspname not in (select schema from ours) and nspname !~ '^pg_' and nspname <> 'information_schema'`;

/** Who a schema belongs to, by its mark. */
const MARKED_BY = String.raw`substring(obj_description(oid, 'pg_namespace') from '^user-metrics owner: \{"name":("([^"\\]|\\.)*")')`;

/**
 * Common table expression `ours (schema, oid)`: Umami's schema, and those with a mark of the same owner that it leaves behind
 * when the configuration names another one. Not the ledger's: Umami has no business there.
 *
 * @param parameter that holds Umami's schema, e.g. `$2`
 */
export function ourSchemas(parameter: string): string {
  return `marked (schema, oid, owner) as (select nspname, oid, ${MARKED_BY} from pg_namespace),
ours (schema, oid) as (
  select schema, oid from marked where schema = ${parameter}
    or owner = (select owner from marked where schema = ${parameter}) and schema !~ '_migrations$'
)`;
}

/** Whether an object belongs to an extension, as a condition. */
export function inExtension(catalog: string, oid: string): string {
  return `exists (select from pg_depend where classid = '${catalog}'::regclass and objid = ${oid} and deptype = 'e')`;
}

/**
 * Columns of a `rights` query: family, object as a person reads it, what stands before REVOKE, what stands behind ON, the
 * columns of a column privilege, access control list, owner, schema that has to be entered first, privileges that count,
 * who may revoke what the owner granted: the owner, unless nobody owns it.
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
  readonly closer?: string;
}): string {
  const { family, object, prefix = `''`, on, part = `''`, acl, owner, schema = 'null::oid', privileges } = columns;
  const values = [`'${family}'`, object, prefix, on, part, acl, owner, schema, `'{${privileges}}'::text[]`];
  return `select ${values.join(', ')}, ${columns.closer ?? owner}`;
}
