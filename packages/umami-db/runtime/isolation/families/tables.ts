import type { Family } from './family';
import { OUTSIDE, right } from './outside';

const KIND = `case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end`;
const NAME = `format('%I.%I', nspname, relname)`;

export const tableRights = `
${right({
  family: 'tables',
  object: `${KIND} || ' ' || ${NAME}`,
  on: `'table ' || ${NAME}`,
  acl: `coalesce(relacl, acldefault('r', relowner))`,
  owner: 'relowner',
  schema: 'n.oid',
  privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'],
})}
from pg_class c join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'p', 'v', 'm', 'f') and ${OUTSIDE}
union all
${right({
  family: 'tables',
  object: `${KIND} || ' ' || ${NAME}`,
  on: `'table ' || ${NAME}`,
  part: `format(' (%I)', attname)`,
  acl: 'attacl',
  owner: 'relowner',
  schema: 'n.oid',
  privileges: ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'],
})}
from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
where attacl is not null and ${OUTSIDE}`;

function each(kinds: string, sql: string, privilege: string, further = 'true'): string {
  return `select ${KIND} || ' ' || ${NAME} as object, ${sql} as sql,
      has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, '${privilege}') as likely
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where ${OUTSIDE} and relkind in (${kinds}) and ${further}`;
}

const TABLES = `'r', 'p'`;

/** A column that may be written, if there is one; else any. */
function column(privilege: string): string {
  return `(select quote_ident(attname) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
    order by has_column_privilege(c.oid, attnum, '${privilege}') desc, attnum limit 1)`;
}

const explain = (kinds: string) => each(kinds, `'explain select from ' || ${NAME}`, 'SELECT');

/** Nobody is made to wait for a lock: the catalog is asked, which is what the statement itself would do first. */
function ask(kinds: string, privilege: string, further?: string): string {
  const sql = `format('select has_schema_privilege(%s, ''USAGE'') and has_table_privilege(%s, ''${privilege}'') as allowed', n.oid, c.oid)`;
  return each(kinds, sql, privilege, further);
}

const insert = () => `format('explain insert into %s (%s) values (default)', ${NAME}, ${column('INSERT')})`;
const update = () => `format('explain update %s set %s = default', ${NAME}, ${column('UPDATE')})`;
const owned = `format('select pg_has_role(%s, ''USAGE'') as allowed', relowner)`;

export const tables = (): Family => ({
  name: 'tables',
  why: 'The rows of the application are what isolation is for.',
  safe: 'EXPLAIN checks permissions and runs nothing; for what would take a strong lock the catalog is asked.',
  attempts: [
    { name: 'read rows of a table', each: explain(TABLES), privilege: 'SELECT' },
    { name: 'read rows of a view', each: explain(`'v'`), privilege: 'SELECT' },
    { name: 'read rows of a materialized view', each: explain(`'m'`), privilege: 'SELECT' },
    { name: 'read rows of a foreign table', each: ask(`'f'`, 'SELECT'), privilege: 'SELECT' },
    {
      name: "read the planner's samples of a table",
      each: `select ${KIND} || ' ' || ${NAME} as object, has_any_column_privilege(c.oid, 'SELECT') as likely,
          format('select exists (select from pg_stats where schemaname = %L and tablename = %L) as allowed', nspname, relname) as sql
        from pg_class c join pg_namespace n on n.oid = relnamespace where ${OUTSIDE} and relkind in ('r', 'p', 'm', 'f')`,
      privilege: 'SELECT',
    },
    { name: 'add rows to a table', each: each(TABLES, insert(), 'INSERT'), privilege: 'INSERT' },
    { name: 'change rows of a table', each: each(TABLES, update(), 'UPDATE'), privilege: 'UPDATE' },
    {
      name: 'change rows through a view',
      each: each(`'v'`, update(), 'UPDATE', 'pg_relation_is_updatable(c.oid, false) & 4 = 4'),
      privilege: 'UPDATE',
    },
    {
      name: 'delete rows of a table',
      each: each(TABLES, `'explain delete from ' || ${NAME}`, 'DELETE'),
      privilege: 'DELETE',
    },
    { name: 'empty a table', each: ask(TABLES, 'TRUNCATE'), privilege: 'TRUNCATE' },
    { name: 'attach a trigger to a table', each: ask(TABLES, 'TRIGGER'), privilege: 'TRIGGER' },
    { name: 'refer to a table', each: ask(TABLES, 'REFERENCES'), privilege: 'REFERENCES' },
    {
      name: 'lock a table for maintenance',
      each: ask(TABLES, 'MAINTAIN', `current_setting('server_version_num')::int >= 170000`),
      privilege: 'MAINTAIN',
    },
    { name: 'alter or drop a table', each: each(TABLES, owned, 'SELECT'), privilege: 'OWNERSHIP' },
  ],
});
