import { type Breach, SUPERUSER } from '../breach';

const readable = (attempt: string, table: string): Breach => ({
  attempt,
  open: `grant select on pg_catalog.${table} to public`,
  attack: `select 1 from pg_catalog.${table} limit 1`,
});

export const systemObjects: readonly Breach[] = [
  readable('read the passwords of roles', 'pg_authid'),
  readable('read the passwords of roles by their view', 'pg_shadow'),
  readable('read the rows that the planner sampled', 'pg_statistic'),
  readable('read the bytes of all large objects', 'pg_largeobject'),
  readable('read the passwords of foreign servers', 'pg_user_mapping'),
  {
    attempt: 'read the passwords of subscriptions',
    open: SUPERUSER,
    attack: 'select subconninfo from pg_subscription',
  },
  {
    attempt: 'read who may sign in from where',
    open: 'grant select on pg_hba_file_rules to umami_user; grant execute on function pg_hba_file_rules() to umami_user',
    after: 'revoke execute on function pg_hba_file_rules() from umami_user',
  },
  {
    attempt: 'read the configuration files',
    open: 'grant select on pg_file_settings to umami_user; grant execute on function pg_show_all_file_settings() to umami_user',
    after: 'revoke execute on function pg_show_all_file_settings() from umami_user',
  },
  { attempt: 'change the catalog', open: SUPERUSER },
];

const FILES = 'grant pg_read_server_files to umami_user';

export const serverFiles: readonly Breach[] = [
  {
    attempt: 'read a file',
    open: 'grant execute on function pg_read_file(text) to public',
    attack: `select pg_read_file('PG_VERSION')`,
  },
  {
    attempt: 'read a file as bytes',
    open: 'grant execute on function pg_read_binary_file(text) to umami_user',
    attack: `select pg_read_binary_file('PG_VERSION')`,
  },
  {
    attempt: 'list a folder',
    open: 'grant execute on function pg_ls_dir(text) to umami_user',
    attack: `select count(*) from pg_ls_dir('base')`,
  },
  {
    attempt: 'read the state of a file',
    open: 'grant execute on function pg_stat_file(text) to umami_user',
    attack: `select pg_stat_file('PG_VERSION')`,
  },
  { attempt: 'list the logs', open: 'grant pg_monitor to umami_user' },
  { attempt: 'list the write-ahead log', open: 'grant pg_monitor to umami_user' },
  { attempt: 'find the current log', open: 'grant execute on function pg_current_logfile() to public' },
  { attempt: 'copy from a file', open: FILES },
  {
    attempt: 'copy to a file',
    open: 'grant pg_write_server_files to umami_user',
    attack: `copy (select 1) to '/dev/null'`,
  },
  { attempt: 'copy from a program', open: 'grant pg_execute_server_program to umami_user' },
  { attempt: 'copy to a program', open: 'grant pg_execute_server_program to umami_user' },
  { attempt: 'load a library', open: SUPERUSER, attack: `load 'auto_explain'` },
];

export const serverSettings: readonly Breach[] = [
  {
    attempt: 'change a setting of the server',
    open: SUPERUSER,
    attack: `select 1 / rolsuper::int from pg_roles where rolname = current_user`,
  },
  {
    attempt: 'change a setting of the server',
    open: 'grant alter system on parameter work_mem to public',
    attack: `select 1 / has_parameter_privilege('work_mem', 'ALTER SYSTEM')::int`,
    since: 15,
  },
  { attempt: 'change a setting of every role', open: SUPERUSER },
  {
    attempt: 'keep its statements out of the log',
    open: 'grant set on parameter log_statement to public',
    since: 15,
  },
  { attempt: 'keep its statements out of the log', open: SUPERUSER },
  { attempt: 'switch off triggers and foreign keys', open: SUPERUSER },
  { attempt: 'write temporary files without end', open: SUPERUSER },
  {
    attempt: 'make the server read its configuration',
    open: 'grant execute on function pg_reload_conf() to umami_user',
    attack: 'select pg_reload_conf()',
  },
  {
    attempt: 'reset the statistics',
    open: 'grant execute on function pg_stat_reset() to umami_user',
    attack: 'select pg_stat_reset()',
  },
  {
    attempt: 'begin another file of the write-ahead log',
    open: 'grant execute on function pg_switch_wal() to public',
    attack: 'select pg_switch_wal()',
  },
  {
    attempt: 'promote a standby',
    open: SUPERUSER,
    attack: `select 1 / has_function_privilege('pg_promote(boolean, int)', 'EXECUTE')::int`,
  },
];

export const sessions: readonly Breach[] = [
  {
    attempt: 'read the statements of other sessions',
    open: 'grant pg_read_all_stats to umami_user',
    attack: `select 1 / count(*) from pg_stat_activity where usename = 'administrator' and query <> '<insufficient privilege>'`,
  },
  {
    attempt: 'read where other sessions come from',
    open: 'grant pg_monitor to umami_user',
    attack: `select 1 / count(client_addr) from pg_stat_activity where usename = 'administrator'`,
  },
  {
    attempt: 'read the statements that pg_stat_statements keeps',
    open: 'grant usage on schema monitoring to public; grant pg_read_all_stats to umami_user',
    attack: `select 1 / count(*) from monitoring.pg_stat_statements where query <> '<insufficient privilege>' and userid <> current_user::regrole`,
  },
  {
    attempt: 'forget what pg_stat_statements keeps',
    open: SUPERUSER,
    attack: 'select monitoring.pg_stat_statements_reset()',
  },
  {
    attempt: 'cancel or end other sessions',
    open: 'grant pg_signal_backend to umami_user',
    attack: `select 1 / pg_cancel_backend(pid)::int from pg_stat_activity where usename = 'administrator'`,
  },
];

export const replication: readonly Breach[] = [
  { attempt: 'make a physical replication slot', open: 'alter role umami_user replication' },
  { attempt: 'make a logical replication slot', open: 'alter role umami_user replication' },
  { attempt: 'drop a replication slot', open: 'alter role umami_user replication' },
];
