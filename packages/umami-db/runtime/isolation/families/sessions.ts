import type { Family } from './family';

/** Of somebody who signed in; the server's own processes have no role. */
const OF_OTHERS = 'pg_stat_activity where usesysid <> current_user::regrole';

export const sessions = (): Family => ({
  name: 'sessions',
  why: "The statements of other sessions hold the application's values, and a session that is terminated is interrupted.",
  safe: 'Reading changes nothing; no session is cancelled or ended: the catalog is asked who may.',
  attempts: [
    {
      name: 'read the statements of other sessions',
      sql: `select exists (select from ${OF_OTHERS} and query <> '<insufficient privilege>') as allowed`,
    },
    {
      name: 'read where other sessions come from',
      sql: `select exists (select from ${OF_OTHERS} and client_addr is not null) as allowed`,
    },
    {
      name: 'read the statements that pg_stat_statements keeps',
      each: `select 'view ' || c.oid::regclass as object, true as likely,
          format('select exists (select from %s where userid <> current_user::regrole
            and query <> ''<insufficient privilege>'') as allowed', c.oid::regclass) as sql
        from pg_class c join pg_namespace n on n.oid = relnamespace where relname = 'pg_stat_statements'
          and has_schema_privilege(n.oid, 'USAGE')`,
    },
    {
      name: 'forget what pg_stat_statements keeps',
      each: `select format('function %I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid)) as object,
          true as likely, format('select has_function_privilege(%s, ''EXECUTE'') as allowed', p.oid) as sql
        from pg_proc p join pg_namespace n on n.oid = pronamespace where proname = 'pg_stat_statements_reset'`,
      privilege: 'EXECUTE',
    },
    {
      name: 'cancel or end other sessions',
      sql: `select exists (select from ${OF_OTHERS} and
          (pg_has_role(usesysid, 'USAGE') or pg_has_role('pg_signal_backend', 'USAGE'))) as allowed`,
    },
    {
      name: 'see that other sessions are there',
      sql: `select exists (select from ${OF_OTHERS}) as allowed`,
      everybody:
        'PostgreSQL shows every role which roles are connected to which database, and nothing of what they do. It cannot be revoked.',
    },
  ],
});
