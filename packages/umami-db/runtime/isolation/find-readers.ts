import type { ClientBase } from 'pg';
import type { Target } from '../target/target';

/** Parameters: schema, database roles of Umami. Without the right to enter the schema, a right on its tables is of no use. */
const READERS_SQL = `
with tables as (
  select n.oid as ns, relowner, relacl from pg_class c join pg_namespace n on n.oid = relnamespace
  where nspname = $1 and relkind in ('r', 'p')
), readers as (
  select distinct ns, relowner, grantee, privilege_type as type
  from tables cross join lateral aclexplode(relacl) left join pg_roles r on r.oid = grantee
  where privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE') and grantee <> relowner
    and coalesce(r.rolname <> all ($2::text[]), true) and not coalesce(rolsuper, false)
    and has_schema_privilege(case grantee when 0 then 'public' else rolname end, ns, 'USAGE')
), granted as (
  select ns, relowner, case grantee when 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(grantee)) end as reader, grantee,
    string_agg(distinct type, ', ' order by type) as privileges
  from readers group by 1, 2, 3, 4
)
select reader, privileges, format('revoke %s on all tables in schema %I from %s;', lower(privileges), $1::text, reader) || coalesce((
  select string_agg(format(' alter default privileges for role %s%s revoke %s on tables from %s;', defaclrole::regrole,
    case when defaclnamespace <> 0 then format(' in schema %I', $1::text) end, lower(privileges), reader), '')
  from pg_default_acl where defaclrole = relowner and defaclobjtype = 'r' and defaclnamespace in (0, ns)
    and exists (select from aclexplode(defaclacl) a where a.grantee = granted.grantee)), '') as close
from granted order by 1`;

/** Who else can use the rows of Umami's tables, e.g. by default privileges of the administrator: each as a warning. */
export async function findReaders(
  client: ClientBase,
  { schema, databaseRole, otherDatabaseRole }: Pick<Target, 'schema' | 'databaseRole' | 'otherDatabaseRole'>,
): Promise<string[]> {
  const { rows } = await client.query<{ reader: string; privileges: string; close: string }>(READERS_SQL, [
    schema,
    [databaseRole, ...(otherDatabaseRole === undefined ? [] : [otherDatabaseRole])],
  ]);
  return rows.map(
    ({ reader, privileges, close }) =>
      `${reader} has ${privileges} on tables of schema ${schema}. If nobody needs that, run as an administrator: ${close}`,
  );
}
