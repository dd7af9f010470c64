import type { ClientBase } from 'pg';
import type { Target } from '../target/target';
import { creationRights } from './families/creation';
import { databaseRights } from './families/databases';
import { foreignDataRights } from './families/foreign-data';
import { functionRights } from './families/functions';
import { futureRights } from './families/future-objects';
import { largeObjectRights } from './families/large-objects';
import { umamiSchema } from './families/outside';
import { ROLE_FINDINGS } from './families/roles';
import { sequenceRights } from './families/sequences';
import { parameterRights } from './families/server-settings';
import { systemRights } from './families/system-objects';
import { tableRights } from './families/tables';
import type { Finding } from './finding';

const RIGHTS = [
  tableRights,
  sequenceRights,
  functionRights,
  largeObjectRights,
  creationRights,
  databaseRights,
  foreignDataRights,
  futureRights,
  systemRights,
];

/** The first release with pg_parameter_acl. */
const PARAMETERS_SINCE = 150_000;

/**
 * Everything that the database role can get at outside of its schema by what the catalog says: all objects of this
 * database, the other databases of the cluster, what the role is, and what it will get of objects to come.
 *
 * @param client of any database role; nothing is changed
 */
export async function findRights(
  client: ClientBase,
  { databaseRole, otherDatabaseRole, schema }: Pick<Target, 'databaseRole' | 'otherDatabaseRole' | 'schema'>,
): Promise<Finding[]> {
  const text = findings(await rightsOf(client));
  const values = [databaseRole, schema, otherDatabaseRole];
  const { rows } = await client.query<Finding & { keep: string | null }>(text, values);
  return rows.map(({ keep, ...right }) => (keep === null ? right : { ...right, keep }));
}

async function rightsOf(client: ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ release: number }>(
    `select current_setting('server_version_num')::int as release`,
  );
  return (rows[0]?.release ?? 0) < PARAMETERS_SINCE ? RIGHTS : [...RIGHTS, parameterRights];
}

function listOf(rights: readonly string[]): string {
  return `unnumbered (family, object, prefix, target, part, acl, owner, schema, privileges) as (
  ${rights.join('\nunion all\n')}
)`;
}

/**
 * `member_of` is the database role and all roles that it is a member of, each with the membership that leads there: also
 * those that are not inherited, because SET ROLE reaches them. `entry_grantee` was granted USAGE on an object's schema: 0 is
 * PUBLIC. `affected` database roles are found once for each list of grants, of which there are few.
 */
function findings(rights: readonly string[]): string {
  return `
with recursive ${umamiSchema('$2')}, member_of (oid, direct) as (
  select oid, null::oid from pg_roles where rolname = $1
  union select roleid, coalesce(direct, roleid) from pg_auth_members join member_of on member = member_of.oid
), ${listOf(rights)}, rights as (
  select row_number() over () as id, * from unnumbered
), held as (
  select rights.*, grantee, privilege_type as type, privilege_type || part as privilege,
    lower(privilege_type) || part as word
  from rights cross join lateral aclexplode(acl)
  where privilege_type = any (privileges) and grantee is distinct from owner
    and (grantee = 0 or grantee in (select oid from member_of))
  union all
  select *, owner, 'OWNERSHIP', 'OWNERSHIP', 'ownership' from rights where owner in (select oid from member_of) and part = ''
), grouped as (
  select family, object, prefix, target, schema, grantee, acl::text as list_text, min(id) as id,
    array_agg(type order by type) as types,
    string_agg(privilege, ', ' order by privilege) as list, string_agg(word, ', ' order by privilege) as words
  from held group by 1, 2, 3, 4, 5, 6, 7
), entered as (
  select grouped.*, case when grantee <> 0 then grantee else entry_grantee end as responsible
  from grouped cross join lateral (
    select case when schema is null or has_schema_privilege('public', schema, 'USAGE') then 0::oid
      else (select oid from member_of where has_schema_privilege(oid, schema, 'USAGE') order by direct limit 1) end as entry_grantee
  ) as entries where entry_grantee is not null
), affected (same_list, same_schema, same_types, others) as (
  select list_text, opened.schema, types, array_agg(rolname order by rolname)::text[]
  from (select list_text, schema, types, min(id) as id from entered where responsible = 0 group by 1, 2, 3) as opened
  join rights using (id) join pg_roles r
    on rolcanlogin and not rolsuper and rolname <> $1 and rolname is distinct from $3::text and not coalesce(pg_has_role(r.oid, owner, 'USAGE'), false)
    and (opened.schema is null or has_schema_privilege(r.oid, opened.schema, 'USAGE'))
    and not types <@ array(
      select privilege_type from aclexplode(acl) a where a.grantee <> 0 and pg_has_role(r.oid, a.grantee, 'USAGE'))
  group by 1, 2, 3
)
select family, object, list as privileges, case when responsible = 0 then 'PUBLIC' else responsible::regrole::text end as via,
  case
    when responsible = 0 then format('%srevoke %s on %s from public', prefix, words, target)
    when direct is not null then format('revoke %s from %I', direct::regrole, $1::text)
    when list = 'OWNERSHIP' then format('alter %s owner to current_user', object)
    when grantee <> 0 then format('%srevoke %s on %s from %I', prefix, words, target, $1::text)
    else format('revoke usage on schema %s from %I', schema::regnamespace, $1::text)
  end as close,
  coalesce(others, '{}') as affects,
  case when others is not null
    then format('%sgrant %s on %s to %s', prefix, words, target, array_to_string(array(select quote_ident(unnest(others))), ', '))
  end as keep,
  responsible <> 0 and list <> 'TEMPORARY' as fails
from entered left join member_of on member_of.oid = responsible
left join affected on responsible = 0 and prefix = '' and same_list = list_text and same_types = types
  and same_schema is not distinct from schema
union all
select family, object, privileges, via, close, '{}', null, true from (${ROLE_FINDINGS}) as of_the_role
order by 1, 2, 3, 4`;
}
