/**
 * One row, one column `catalog`: the JSON description of one schema. Nothing in it names the schema, its owner or an OID.
 *
 * Parameters: the schema's name; text[] of the tables left out. The search_path has to be that schema, so that
 * expressions come out unqualified.
 */
export const CATALOG_SQL = `
with ns as (
  select oid from pg_namespace where nspname = $1
), rel as (
  select c.* from pg_class c, ns
  where c.relnamespace = ns.oid
    and not c.relname = any ($2::text[])
    and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass
                    and e.objid = c.oid and e.deptype = 'e')
), tab as (
  select * from rel where relkind in ('r', 'p')
), cols as (
  select t.relname as tbl,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'position', a.pos,
      'name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod),
      'notNull', a.attnotnull,
      'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
      'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
      'identity', nullif(a.attidentity, ''),
      'collation', case when a.attcollation <> ty.typcollation then co.collname end
    )) order by a.pos) as v
  from tab t
  join lateral (
    select x.*, row_number() over (order by x.attnum)::int as pos
    from pg_attribute x where x.attrelid = t.oid and x.attnum > 0 and not x.attisdropped
  ) a on true
  join pg_type ty on ty.oid = a.atttypid
  left join pg_collation co on co.oid = a.attcollation
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  group by t.relname
), cons as (
  select t.relname as tbl, k.contype, jsonb_agg(jsonb_build_object(
      'name', k.conname,
      'columns', (select jsonb_agg(x.attname order by u.ord)
                  from unnest(k.conkey) with ordinality u(num, ord)
                  join pg_attribute x on x.attrelid = k.conrelid and x.attnum = u.num),
      -- A schema that the reader has no USAGE on is left out of the search_path: then its name stands here.
      'definition', replace(pg_get_constraintdef(k.oid), 'REFERENCES ' || quote_ident($1) || '.', 'REFERENCES ')
    ) order by k.conname) as v
  from tab t join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'f', 'c', 'x')
  group by t.relname, k.contype
), idx as (
  select t.relname as tbl, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'name', i.relname,
      'method', am.amname,
      'unique', x.indisunique,
      'nullsNotDistinct', case when (to_jsonb(x) ->> 'indnullsnotdistinct')::boolean then true end,
      'constraint', (select k.conname from pg_constraint k where k.conindid = i.oid
                     and k.contype in ('p', 'u', 'x')),
      'valid', x.indisvalid,
      'keys', (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                  'expr', pg_get_indexdef(i.oid, n, true),
                  'order', case when x.indoption[n - 1] & 1 = 1 then 'desc' else 'asc' end,
                  'nulls', case when x.indoption[n - 1] & 2 = 2 then 'first' else 'last' end,
                  'opclass', oc.opcname)) order by n)
               from generate_series(1, x.indnkeyatts) n
               join pg_opclass oc on oc.oid = x.indclass[n - 1]),
      'include', (select jsonb_agg(pg_get_indexdef(i.oid, n, true) order by n)
                  from generate_series(x.indnkeyatts + 1, x.indnatts) n),
      'predicate', pg_get_expr(x.indpred, x.indrelid)
    )) order by i.relname) as v
  from tab t
  join pg_index x on x.indrelid = t.oid
  join pg_class i on i.oid = x.indexrelid
  join pg_am am on am.oid = i.relam
  group by t.relname
), trg as (
  select t.relname as tbl, jsonb_agg(pg_get_triggerdef(g.oid) order by g.tgname) as v
  from tab t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
  group by t.relname
)
select jsonb_build_object(
  'tables', (select coalesce(jsonb_object_agg(t.relname, jsonb_strip_nulls(jsonb_build_object(
      'columns', cols.v,
      'primaryKey', (select v -> 0 from cons where tbl = t.relname and contype = 'p'),
      'uniqueConstraints', coalesce((select v from cons where tbl = t.relname and contype = 'u'), '[]'),
      'foreignKeys', coalesce((select v from cons where tbl = t.relname and contype = 'f'), '[]'),
      'checks', coalesce((select v from cons where tbl = t.relname and contype = 'c'), '[]'),
      'exclusions', (select v from cons where tbl = t.relname and contype = 'x'),
      'indexes', coalesce(idx.v, '[]'),
      'triggers', coalesce(trg.v, '[]'),
      'rowSecurity', t.relrowsecurity,
      'partitioned', case when t.relkind = 'p' then true end,
      'persistence', case when t.relpersistence <> 'p' then t.relpersistence end,
      'options', to_jsonb(t.reloptions)
    ))), '{}')
    from tab t left join cols on cols.tbl = t.relname
    left join idx on idx.tbl = t.relname left join trg on trg.tbl = t.relname),
  'views', (select coalesce(jsonb_object_agg(relname, pg_get_viewdef(oid)), '{}')
            from rel where relkind in ('v', 'm')),
  'sequences', (select coalesce(jsonb_agg(relname order by relname), '[]') from rel where relkind = 'S'),
  'enums', (select coalesce(jsonb_object_agg(e.typname, e.v), '{}') from (
      select ty.typname, jsonb_agg(en.enumlabel order by en.enumsortorder) as v
      from pg_type ty join ns on ty.typnamespace = ns.oid join pg_enum en on en.enumtypid = ty.oid
      group by ty.typname) e),
  'domains', (select coalesce(jsonb_agg(ty.typname order by ty.typname), '[]')
              from pg_type ty join ns on ty.typnamespace = ns.oid where ty.typtype = 'd'),
  'functions', (select coalesce(jsonb_agg(p.oid::regprocedure::text order by p.oid::regprocedure::text), '[]')
      from pg_proc p join ns on p.pronamespace = ns.oid
      where not exists (select from pg_depend e where e.classid = 'pg_proc'::regclass
                        and e.objid = p.oid and e.deptype = 'e')),
  'extensionsInstalledHere', (select coalesce(jsonb_agg(x.extname order by x.extname), '[]')
                              from pg_extension x join ns on x.extnamespace = ns.oid),
  'extensionsThatTablesDependOn', (select coalesce(jsonb_agg(distinct x.extname), '[]')
      from pg_depend d
      join pg_depend m on m.classid = d.refclassid and m.objid = d.refobjid
                      and m.refclassid = 'pg_extension'::regclass and m.deptype = 'e'
      join pg_extension x on x.oid = m.refobjid
      where (d.classid = 'pg_class'::regclass and d.objid in (select oid from rel))
         or (d.classid = 'pg_attrdef'::regclass
             and d.objid in (select ad.oid from pg_attrdef ad where ad.adrelid in (select oid from tab))))
) as catalog
`;
