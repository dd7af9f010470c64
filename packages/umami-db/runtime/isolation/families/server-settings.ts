import type { Attempt, Family } from './family';
import { right } from './outside';

/** Since PostgreSQL 15 a single setting may be granted. */
export const parameterRights = `
${right({
  family: 'server settings',
  object: `'parameter ' || parname`,
  acl: 'paracl',
  owner: 'null::oid',
  privileges: ['SET', 'ALTER SYSTEM'],
})}
from pg_parameter_acl`;

function set(name: string, parameter: string, value: string): Attempt {
  return {
    name,
    sql: `set local ${parameter} = ${value}`,
    object: `parameter ${parameter}`,
    privilege: 'SET',
  };
}

function call(name: string, signature: string): Attempt {
  return {
    name,
    sql: `select has_function_privilege('pg_catalog.${signature}', 'EXECUTE') as allowed`,
    object: `function pg_catalog.${signature}`,
    privilege: 'EXECUTE',
  };
}

export const serverSettings = (): Family => ({
  name: 'server settings',
  why: "The settings of the server are the application's too; some hide what a role does.",
  safe: 'A setting of the server is given a value that it cannot have; others are rolled back; for functions the catalog is asked.',
  attempts: [
    {
      name: 'change a setting of the server',
      sql: `alter system set work_mem = 'no size'`,
      object: 'parameter work_mem',
      privilege: 'ALTER SYSTEM',
      alone: true,
      behind: ['22023'],
    },
    { name: 'change a setting of every role', sql: 'alter role all set statement_timeout = 0' },
    set('keep its statements out of the log', 'log_statement', 'none'),
    set('switch off triggers and foreign keys', 'session_replication_role', 'replica'),
    set('write temporary files without end', 'temp_file_limit', '-1'),
    call('make the server read its configuration', 'pg_reload_conf()'),
    call('reset the statistics', 'pg_stat_reset()'),
    call('begin another file of the write-ahead log', 'pg_switch_wal()'),
    call('promote a standby', 'pg_promote(boolean,integer)'),
  ],
});
