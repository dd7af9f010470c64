import { escapeIdentifier as name } from 'pg';
import { ledgerSchema } from '../../runtime/target/names';
import type { Target } from '../../runtime/target/target';
import type { Application } from './application';

const CATALOG = {
  relations: `select c.oid, relname, relowner::regrole::text, relacl::text from pg_class c
    join pg_namespace n on n.oid = relnamespace where nspname in ($1, $2) order by 1`,
  schemas: `select oid, nspname, nspowner::regrole::text, nspacl::text, obj_description(oid, 'pg_namespace')
    from pg_namespace where nspname !~ '^pg_t' order by 1`,
  roles: `select oid, rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolinherit, rolbypassrls, rolconnlimit,
      rolpassword, shobj_description(oid, 'pg_authid')
    from pg_authid where rolname in ($3, $4) order by 1`,
  members: `select roleid::regrole::text, member::regrole::text from pg_auth_members
    where roleid::regrole::text in ($3, $4) or member::regrole::text in ($3, $4) order by 1, 2`,
  settings: `select setdatabase, setrole::regrole::text, setconfig from pg_db_role_setting
    where setrole::regrole::text in ($3, $4) order by 1, 2`,
  defaults:
    'select defaclrole::regrole::text, defaclnamespace::regnamespace::text, defaclacl::text from pg_default_acl',
  database: 'select datdba::regrole::text, datacl::text from pg_database where datname = current_database()',
} as const;

/**
 * Everything in database and cluster that provisioning could change: the catalog, and each row of the ledgers and of
 * Umami's users with the transaction that wrote it.
 */
export async function stateOf(application: Application, target: Target = application.target): Promise<object> {
  const { schema, databaseRole } = target;
  const ledger = ledgerSchema(target);
  const state: Record<string, unknown> = {};
  for (const [kind, sql] of Object.entries(CATALOG)) {
    const values = [schema, ledger, databaseRole, application.administrator.user];
    const used = values.map((_, index) => `$${index + 1}::text`).join(', ');
    state[kind] = await application.query(`with parameters as (select ${used}) ${sql}`, values);
  }
  for (const [inSchema, table] of [
    [schema, '_prisma_migrations'],
    [schema, 'user'],
    [ledger, 'migrations'],
  ]) {
    const full = `${name(String(inSchema))}.${name(String(table))}`;
    const [found] = await application.query<{ found: string | null }>('select to_regclass($1)::text as found', [full]);
    if (found?.found) state[full] = await application.query(`select xmin, t.* from ${full} as t order by t::text`);
  }
  return state;
}
