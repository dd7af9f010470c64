/**
 * One row for each object of the database and for what belongs to the whole cluster, with a hash of its definition and one
 * of its owner and grants. No data, and no lock: what a transaction has locked is described all the same, for the catalog is
 * read as it is stored, while functions such as pg_get_expr and pg_get_constraintdef lock tables. So a release of PostgreSQL
 * with another catalog gives other hashes.
 *
 * Parameters: Umami's schemas, Umami's database roles, schemas and database roles that are left out.
 */
export const SNAPSHOT_SQL = `
with ns as (
  select oid, nspname, nspowner, nspacl from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
), extension_member as (
  select classid, objid from pg_depend where deptype = 'e'
), rel as (
  select nspname, c.* from pg_class c join ns on ns.oid = relnamespace
  where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not relispartition
    and not exists (select from extension_member where classid = 'pg_class'::regclass and objid = c.oid)
), object (schema, kind, name, definition, owner, acl) as (
  select nspname, 'schema', nspname::text, '', nspowner, coalesce(nspacl, acldefault('n', nspowner))::text[] from ns
  union all
  select nspname, case relkind when 'v' then 'view' when 'm' then 'materialized view'
      when 'f' then 'foreign table' when 'S' then 'sequence' else 'table' end, relname::text,
    jsonb_build_array(relkind, relpersistence, relrowsecurity, relforcerowsecurity, reloptions, relreplident,
      (select jsonb_agg(jsonb_build_array(attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
          attcollation::regcollation, adbin::text, attoptions) order by attnum)
        from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where attrelid = rel.oid and attnum > 0 and not attisdropped),
      (select jsonb_agg(jsonb_build_array(to_jsonb(c) - '{oid,conrelid,conindid,confrelid}'::text[], confrelid::regclass) order by conname)
        from pg_constraint c where conrelid = rel.oid),
      (select jsonb_agg(jsonb_build_array(i.relname, amname, i.reloptions, to_jsonb(x) - '{indexrelid,indrelid,indcheckxmin}'::text[])
          order by i.relname)
        from pg_index x join pg_class i on i.oid = indexrelid join pg_am a on a.oid = i.relam where indrelid = rel.oid),
      (select jsonb_agg(jsonb_build_array(to_jsonb(t) - '{oid,tgrelid,tgfoid}'::text[], tgfoid::regproc) order by tgname)
        from pg_trigger t where tgrelid = rel.oid and not tgisinternal),
      (select jsonb_agg(jsonb_build_array(rulename, ev_enabled, ev_qual::text, ev_action::text) order by rulename)
        from pg_rewrite where ev_class = rel.oid),
      (select jsonb_agg(jsonb_build_array(polname, polcmd, polpermissive, polroles::regrole[]::text, polqual::text,
          polwithcheck::text) order by polname) from pg_policy where polrelid = rel.oid),
      (select jsonb_agg(inhparent::regclass order by inhseqno) from pg_inherits where inhrelid = rel.oid),
      (select to_jsonb(s) - 'seqrelid' from pg_sequence s where seqrelid = rel.oid))::text,
    relowner, coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))::text[]
      || array(select format('%s: %s', attname, a) from pg_attribute cross join lateral unnest(attacl) a where attrelid = rel.oid)
  from rel
  union all
  select nspname, 'routine', format('%s(%s)', proname, pg_get_function_identity_arguments(p.oid)),
    jsonb_build_array(prosrc, probin, to_jsonb(p) -> 'prosqlbody', lanname, prokind, prosecdef, proleakproof, proisstrict,
      proretset, provolatile, proparallel, proconfig, prorettype::regtype, proargnames, proargmodes, proargdefaults::text)::text,
    proowner, coalesce(proacl, acldefault('f', proowner))::text[]
  from pg_proc p join ns on ns.oid = pronamespace join pg_language l on l.oid = prolang
  where not exists (select from extension_member where classid = 'pg_proc'::regclass and objid = p.oid)
  union all
  select nspname, 'type', typname::text,
    jsonb_build_array(typtype, format_type(typbasetype, typtypmod), typnotnull, typdefault,
      (select jsonb_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = t.oid),
      (select jsonb_agg(jsonb_build_array(attname, format_type(atttypid, atttypmod)) order by attnum)
        from pg_attribute where attrelid = typrelid and attnum > 0 and not attisdropped),
      (select jsonb_agg(to_jsonb(c) - '{oid,contypid}'::text[] order by conname) from pg_constraint c where contypid = t.oid))::text,
    typowner, coalesce(typacl, acldefault('T', typowner))::text[]
  from pg_type t join ns on ns.oid = typnamespace
  where (typtype in ('e', 'd', 'r') or typtype = 'c' and exists (select from pg_class c where c.oid = typrelid and relkind = 'c'))
    and not exists (select from extension_member where classid = 'pg_type'::regclass and objid = t.oid)
  union all
  select nspname, i.type, i.identity, '', null, null
  from pg_depend d join ns on ns.oid = refobjid cross join lateral pg_identify_object(d.classid, d.objid, 0) i
  where refclassid = 'pg_namespace'::regclass and deptype = 'n'
    and d.classid not in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_extension'::regclass, 'pg_default_acl'::regclass)
    and not exists (select from extension_member m where m.classid = d.classid and m.objid = d.objid)
  union all
  select nspname, 'default privileges', format('of %s for %s', defaclrole::regrole, defaclobjtype), '', defaclrole, defaclacl::text[]
  from pg_default_acl left join ns on ns.oid = defaclnamespace where defaclnamespace = 0 or ns.oid is not null
), other (kind, name, role, definition) as (
  select 'database role', rolname::text, rolname, jsonb_build_array(rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,
    rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil)::text from pg_roles where rolname !~ '^pg_'
  union all
  select 'settings', concat_ws(' ', 'of', coalesce(rolname, 'every database role'), 'in', coalesce(datname, 'every database')),
    rolname, array_to_string(array(select unnest(setconfig) order by 1), ' ')
  from pg_db_role_setting left join pg_roles r on r.oid = setrole left join pg_database d on d.oid = setdatabase
  where setdatabase = 0 or datname is not null
  union all
  select 'membership', format('of %s in %s', member::regrole, roleid::regrole),
    case when pg_get_userbyid(roleid) = any ($2::text[] || $4::text[]) then pg_get_userbyid(roleid) else pg_get_userbyid(member) end,
    string_agg((to_jsonb(m) - 'oid' - 'roleid' - 'member' - 'grantor')::text || grantor::regrole, ' ' order by grantor::regrole::text)
  from pg_auth_members m where pg_get_userbyid(member) !~ '^pg_' group by roleid, member
  union all
  select 'database', datname::text, null, jsonb_build_array(datdba::regrole, encoding, datcollate, datctype, datistemplate,
    datallowconn, datconnlimit)::text from pg_database
  union all
  select 'grants', format('on database %s to %s', datname, case grantee when 0 then 'PUBLIC' else grantee::regrole::text end),
    case grantee when 0 then null else pg_get_userbyid(grantee) end,
    string_agg(privilege_type || is_grantable, ' ' order by privilege_type, is_grantable)
  from pg_database cross join lateral aclexplode(coalesce(datacl, acldefault('d', datdba))) group by datname, grantee
  union all
  select 'extension', extname::text, null, jsonb_build_array(extversion, extnamespace::regnamespace, extowner::regrole)::text
  from pg_extension
  union all
  select 'publication', pubname::text, null, jsonb_build_array(pubowner::regrole, puballtables, pubinsert, pubupdate, pubdelete,
    (select jsonb_agg(format('%I.%I', schemaname, tablename) order by 1) from pg_publication_tables t where t.pubname = p.pubname))::text
  from pg_publication p
  union all
  select 'event trigger', evtname::text, null, jsonb_build_array(evtevent, evtenabled, evttags, evtfoid::regprocedure, evtowner::regrole)::text
  from pg_event_trigger
  union all
  select 'foreign server', srvname::text, null, jsonb_build_array(srvowner::regrole, srvtype, srvversion, srvoptions,
    array(select unnest(coalesce(srvacl, acldefault('S', srvowner)))::text order by 1))::text
  from pg_foreign_server
), lines as (
  select schema, coalesce(schema = any ($1::text[]), false) as "ofUmami", kind, name, definition,
    concat_ws(' ', owner::regrole::text, array_to_string(array(select unnest(acl) order by 1), ' ')) as grants
  from object where not coalesce(schema = any ($3::text[]), false)
  union all
  select null, coalesce(role = any ($2::text[]), false), kind, name, definition, '' from other
  where not coalesce(role = any ($4::text[]), false)
)
select schema, "ofUmami", kind, name,
  encode(sha256(convert_to(definition, getdatabaseencoding())), 'hex') as definition,
  encode(sha256(convert_to(grants, getdatabaseencoding())), 'hex') as grants
from lines order by 1 nulls first, 3, 4`;

/** Schemas and database roles with a comment. */
export const COMMENTS_SQL = `
select 'schema' as kind, nspname::text as name, obj_description(oid, 'pg_namespace') as comment from pg_namespace
where obj_description(oid, 'pg_namespace') is not null
union all
select 'role', rolname::text, shobj_description(oid, 'pg_authid') from pg_roles where shobj_description(oid, 'pg_authid') is not null`;

export const SCHEMA_OWNERS_SQL = `
select nspname as schema, pg_get_userbyid(nspowner) as owner from pg_namespace
where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`;
