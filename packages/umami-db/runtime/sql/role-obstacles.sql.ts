/**
 * What keeps a database role from signing in with its password or from writing, each as a sentence and the statement that
 * removes it. Parameters: database role, database.
 */
export const ROLE_OBSTACLES_SQL = `
select format('its password is valid until %s only', rolvaliduntil) as what,
  format('alter role %I valid until ''infinity''', rolname) as statement
from pg_roles where rolname = $1 and rolvaliduntil <= now()
union all
select format('%s is set for %s', setting, concat_ws(' in ',
    case when setrole = 0 then 'every database role' else 'it' end,
    case when setdatabase = 0 then 'every database' else format('database %s', $2::text) end)),
  format('alter %s reset default_transaction_read_only', case
    when setrole = 0 and setdatabase <> 0 then format('database %I', $2::text)
    else concat_ws(' ', case when setrole = 0 then 'role all' else format('role %I', $1::text) end,
      case when setdatabase <> 0 then format('in database %I', $2::text) end)
  end)
from pg_db_role_setting cross join lateral unnest(setconfig) as setting
where setrole in (0, (select oid from pg_roles where rolname = $1))
  and setdatabase in (0, (select oid from pg_database where datname = $2))
  and setting ~ '^default_transaction_read_only=' and split_part(setting, '=', 2)::boolean`;
