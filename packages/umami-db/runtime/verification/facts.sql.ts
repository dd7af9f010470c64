/** Connections of the server. Parameters: Umami's database roles. A wait of less than a second says nothing. */
export const CONNECTIONS_SQL = `
with client as (
  select pid, usename from pg_stat_activity
  where usesysid is not null and coalesce(backend_type, 'client backend') = 'client backend'
)
select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as available,
  (select count(*)::int from client) as used,
  (select count(*)::int from client where usename = any ($1::text[])) as "usedByUmami",
  (select count(distinct w.pid)::int from pg_locks l join client w using (pid)
    where not granted and w.usename <> all ($1::text[])
      and coalesce((to_jsonb(l) ->> 'waitstart')::timestamptz < now() - interval '1 second', true)
      and exists (select from unnest(pg_blocking_pids(l.pid)) as b (pid) join client using (pid) where usename = any ($1::text[]))
  ) as "blockedByUmami"`;

/** Estimate of the rows of each schema, of the last ANALYZE or VACUUM. */
export const ROWS_SQL = `
select nspname as schema, coalesce(sum(reltuples) filter (where relkind = 'r' and reltuples > 0), 0)::bigint::text as rows
from pg_namespace n left join pg_class on relnamespace = n.oid
where nspname !~ '^pg_' and nspname <> 'information_schema' group by 1 order by 1`;

/** Tables and indexes in a schema. Parameters: the schema. */
export const COUNTS_SQL = `
select count(*) filter (where relkind in ('r', 'p'))::int as tables, count(*) filter (where relkind in ('i', 'I'))::int as indexes
from pg_class where relnamespace = to_regnamespace(quote_ident($1))`;
