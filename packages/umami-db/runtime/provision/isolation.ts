import type { ClientBase } from 'pg';
import type { Target } from './target';

/** Something outside its schema that the role can get at, because it was granted to PUBLIC or to the role. */
export interface Reachable {
  /** e.g. `table app.orders` */
  readonly object: string;
  /** e.g. `SELECT` */
  readonly privilege: string;
}

/**
 * What the role can reach outside of its schema. Nothing is revoked here: a grant to PUBLIC belongs to whoever made it.
 */
export async function findReachable(client: ClientBase, target: Target): Promise<Reachable[]> {
  return (await client.query<Reachable>(REACHABLE, [target.databaseRole, target.schema])).rows;
}

const REACHABLE = `
with outside as (
  select oid as namespace, nspname from pg_namespace
  where nspname <> $2 and nspname !~ '^pg_' and nspname <> 'information_schema'
), kinds (relkind, kind) as (
  values ('r'::"char", 'table'), ('p', 'table'), ('v', 'view'), ('m', 'materialized view'), ('f', 'foreign table')
)
select 'schema ' || nspname as object, 'CREATE' as privilege
from outside where has_schema_privilege($1, namespace, 'CREATE')
union all
select kind || ' ' || nspname || '.' || relname, privilege
from pg_class
join outside on namespace = relnamespace
join kinds using (relkind)
cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as privilege
where has_schema_privilege($1, namespace, 'USAGE')
  -- A privilege on one column is a way in too; there is none to delete or truncate.
  and case when privilege in ('DELETE', 'TRUNCATE') then has_table_privilege($1, pg_class.oid, privilege)
    else has_any_column_privilege($1, pg_class.oid, privilege) end
order by 1, 2`;
