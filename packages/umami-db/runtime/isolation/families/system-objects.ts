import type { Attempt, Family } from './family';
import { right } from './outside';

/** What PostgreSQL keeps closed, and somebody opened: a list that had no entry for PUBLIC at first, and now names it. */
const CLOSED_AT_FIRST = (catalog: string, oid: string) => `exists (select from pg_init_privs i
  where i.classoid = '${catalog}'::regclass and i.objoid = ${oid} and i.objsubid = 0
    and not exists (select from aclexplode(initprivs) where grantee = 0))`;

const FUNCTION = `'function pg_catalog.' || p.oid::regprocedure`;
const TABLE = `format('%s pg_catalog.%I', case relkind when 'v' then 'view' else 'table' end, relname)`;

export const systemRights = `
${right({
  family: 'system objects',
  object: FUNCTION,
  acl: 'proacl',
  owner: 'proowner',
  privileges: ['EXECUTE'],
})}
from pg_proc p where pronamespace = 'pg_catalog'::regnamespace and proacl is not null
  and ${CLOSED_AT_FIRST('pg_proc', 'p.oid')}
union all
${right({
  family: 'system objects',
  object: TABLE,
  on: `format('table pg_catalog.%I', relname)`,
  acl: 'relacl',
  owner: 'relowner',
  privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
})}
from pg_class c where relnamespace = 'pg_catalog'::regnamespace and relacl is not null
  and ${CLOSED_AT_FIRST('pg_class', 'c.oid')}`;

function read(name: string, what: string, kind = 'table'): Attempt {
  return {
    name,
    sql: `explain select from ${what}`,
    object: `${kind} pg_catalog.${what}`,
    privilege: 'SELECT',
  };
}

export const systemObjects = (): Family => ({
  name: 'system objects',
  why: 'Some catalogs hold passwords, connection strings, and rows of every table.',
  safe: 'EXPLAIN checks permissions and reads nothing.',
  attempts: [
    read('read the passwords of roles', 'pg_authid'),
    read('read the passwords of roles by their view', 'pg_shadow', 'view'),
    read('read the rows that the planner sampled', 'pg_statistic'),
    read('read the bytes of all large objects', 'pg_largeobject'),
    read('read the passwords of foreign servers', 'pg_user_mapping'),
    { name: 'read the passwords of subscriptions', sql: 'explain select subconninfo from pg_subscription' },
    read('read who may sign in from where', 'pg_hba_file_rules', 'view'),
    read('read the configuration files', 'pg_file_settings', 'view'),
    { name: 'change the catalog', sql: `explain update pg_class set relname = relname` },
  ],
});
