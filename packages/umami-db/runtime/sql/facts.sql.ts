/** Who is connected, and what that one may do. */
export const ADMINISTRATOR_SQL = `
select current_user as name, rolsuper as superuser, rolsuper or rolcreaterole as "createsRoles",
  has_database_privilege(current_database(), 'CREATE') as "createsSchemas",
  has_database_privilege(current_database(), 'CONNECT WITH GRANT OPTION')
    or not has_database_privilege('public', current_database(), 'CONNECT') as "grantsConnect",
  current_setting('server_version_num')::int / 10000 as "majorVersion", shobj_description(oid, 'pg_authid') as comment
from pg_roles where rolname = current_user`;

/** Parameters: names of schemas. */
export const SCHEMAS_SQL = `
select nspname as name, pg_get_userbyid(nspowner) as owner,
  obj_description(oid, 'pg_namespace') as comment
from pg_namespace where nspname = any ($1::text[])`;

/** What lies in schemas, without what belongs to an extension or to a table. Parameters: names of schemas. */
export const OBJECTS_SQL = `
with ns as (select oid, nspname from pg_namespace where nspname = any ($1::text[])),
member as (select classid, objid from pg_depend where deptype = 'e')
select nspname as schema, relname as name, pg_get_userbyid(relowner) as owner,
  case when relkind in ('r', 'p') then 'table' when relkind = 'v' then 'view' when relkind = 'm' then 'materialized view'
    when relkind = 'f' then 'foreign table' else 'sequence' end as kind
from pg_class c join ns on ns.oid = relnamespace
where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  and not exists (select from member where classid = 'pg_class'::regclass and objid = c.oid)
  and not (relkind = 'S' and exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
    and d.deptype in ('a', 'i') and d.refobjsubid > 0))
union all
select nspname, p.oid::regprocedure::text, pg_get_userbyid(proowner), 'function'
from pg_proc p join ns on ns.oid = pronamespace
where not exists (select from member where classid = 'pg_proc'::regclass and objid = p.oid)
union all
select nspname, typname, pg_get_userbyid(typowner), 'type'
from pg_type t join ns on ns.oid = typnamespace
where (typtype in ('e', 'd', 'r', 'p') or typtype = 'b' and typcategory <> 'A'
    or typtype = 'c' and exists (select from pg_class c where c.oid = typrelid and relkind = 'c'))
  and not exists (select from member where classid = 'pg_type'::regclass and objid = t.oid)
union all
select n.nspname, i.identity, pg_get_userbyid(nspowner), i.type
from pg_depend d join pg_namespace n on n.oid = refobjid join ns on ns.oid = n.oid
cross join lateral pg_identify_object(d.classid, d.objid, 0) i
where refclassid = 'pg_namespace'::regclass and deptype = 'n'
  and d.classid not in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_extension'::regclass)
  and not exists (select from member where member.classid = d.classid and member.objid = d.objid)
union all
select ns.nspname, hanging.name || ' on ' || relname, pg_get_userbyid(relowner), hanging.kind
from pg_class c join ns on ns.oid = relnamespace join (
  select tgrelid as relid, tgname as name, 'trigger' as kind from pg_trigger where not tgisinternal
  union all select ev_class, rulename, 'rule' from pg_rewrite where rulename <> '_RETURN'
  union all select polrelid, polname, 'policy' from pg_policy
) hanging on relid = c.oid
union all
select nspname, extname, pg_get_userbyid(extowner), 'extension' from pg_extension join ns on ns.oid = extnamespace
order by 1, 2`;

/** Parameters: name of the database role. */
export const DATABASE_ROLE_SQL = `
select shobj_description(r.oid, 'pg_authid') as comment, rolcanlogin as "canLogin", rolconnlimit as "connectionLimit",
  rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as powerful,
  coalesce(s.setconfig, '{}') as settings,
  array(select pg_get_userbyid(roleid)::text from pg_auth_members where member = r.oid) as "memberOf"
from pg_roles r
left join pg_db_role_setting s on s.setrole = r.oid
  and s.setdatabase = (select oid from pg_database where datname = current_database())
where rolname = $1::text`;

/**
 * Schemas that a database role is for, other than the one that is meant: by its comment; without one that tells, by its
 * settings, for Umami's search_path is set for each database. What does not exist any more is none.
 *
 * Parameters: database role, database and schema that the comment names, database and schema that are meant.
 */
export const OTHER_LOCATIONS_SQL = `
with settings as (
  select datname as database, substring(entry from '^search_path=(.*)$') as path
  from pg_db_role_setting join pg_database d on d.oid = setdatabase cross join lateral unnest(setconfig) entry
  where setrole = (select oid from pg_roles where rolname = $1) and $2::text is null and entry like 'search_path=%'
), places (database, schema) as (
  select $2::text, $3::text where $2 is not null
  union all
  select database, case when path like '"%' then replace(substring(path from '^"((?:[^"]|"")*)"'), '""', '"')
    else substring(path from '^[^,]+') end from settings
)
select database, schema from places
where (database, schema) is distinct from ($4::text, $5::text)
  and exists (select from pg_database where datname = database)
  and (database <> current_database() or exists (select from pg_namespace where nspname = schema))
order by 1, 2`;

/** Other databases in which something belongs to a database role or is granted to it. Parameters: name of the database role. */
export const OTHER_DATABASES_SQL = `
select distinct datname as name from pg_shdepend s join pg_database d on d.oid = s.dbid
where refclassid = 'pg_authid'::regclass and refobjid = (select oid from pg_roles where rolname = $1)
  and datname <> current_database() order by 1`;

/** What the connected one may do as, and with, other roles. Parameters: names of roles. */
export const ROLES_SQL = `
select rolname as name, rolsuper as superuser, pg_has_role(current_user, oid, 'USAGE') as usable,
  pg_has_role(current_user, oid, 'MEMBER WITH ADMIN OPTION') as "adminOption"
from pg_roles where rolname = any ($1::text[])`;

/** Whether the database role has what it is to have. Parameters: database role, schema, ledger of Prisma, owner of the tables. */
export const PRIVILEGES_SQL = `
with role as (select oid from pg_roles where rolname = $1), ns as (select oid, nspacl from pg_namespace where nspname = $2),
tables as (
  select c.oid, relname, relacl from pg_class c join ns on ns.oid = relnamespace where relkind in ('r', 'p')
), granted as (
  select t.oid, relname, array_agg(privilege_type::text) as privileges
  from tables t cross join lateral aclexplode(relacl) join role on role.oid = grantee group by 1, 2
)
select
  exists (select from pg_database cross join lateral aclexplode(datacl) join role on role.oid = grantee
    where datname = current_database() and privilege_type = 'CONNECT') as connect,
  exists (select from ns cross join lateral aclexplode(nspacl) join role on role.oid = grantee
    where privilege_type = 'USAGE') as usage,
  not exists (select from tables t left join granted g using (oid) where t.relname <> $3
    and not coalesce(g.privileges, '{}') @> '{SELECT,INSERT,UPDATE,DELETE}') as tables,
  coalesce((select privileges = '{SELECT}' from granted where relname = $3), false) as ledger,
  exists (select from pg_default_acl d cross join lateral aclexplode(defaclacl) join role on role.oid = grantee
    join ns on ns.oid = defaclnamespace where defaclobjtype = 'r' and privilege_type = 'SELECT'
    and pg_get_userbyid(defaclrole) = $4) as defaults`;
