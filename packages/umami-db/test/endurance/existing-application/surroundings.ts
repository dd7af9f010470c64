import type { Client } from 'pg';

/** Schemas of the application; it does DDL in none of them. */
const STILL = `('app', 'billing', 'public')`;

const QUERIES = {
  schemas: `select oid, nspname, nspowner, nspacl::text, obj_description(oid, 'pg_namespace') from pg_namespace where nspname in ${STILL}`,
  relations: `select c.oid, relname, relkind, relowner, relacl::text, relfilenode, reloptions, relrowsecurity, relhastriggers,
      obj_description(c.oid, 'pg_class') from pg_class c where relnamespace::regnamespace::text in ${STILL}`,
  columns: `select attrelid, attname, atttypid, attnotnull, attacl::text, pg_get_expr(adbin, adrelid) from pg_attribute
      join pg_class c on c.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where relnamespace::regnamespace::text in ${STILL}`,
  constraints: `select oid, conname, pg_get_constraintdef(oid), convalidated from pg_constraint where connamespace::regnamespace::text in ${STILL}`,
  functions: `select oid, proname, proowner, proacl::text, prosecdef, prosrc, proconfig from pg_proc where pronamespace::regnamespace::text in ${STILL}`,
  // The foreign key of Umami 3.4 has triggers on Umami's own tables.
  triggers: `select t.oid, tgrelid, tgname, tgenabled from pg_trigger t join pg_class c on c.oid = tgrelid
      where relnamespace::regnamespace::text !~ '^umami'`,
  defaults: `select defaclrole, defaclnamespace, defaclobjtype, defaclacl::text from pg_default_acl d
      left join pg_namespace n on n.oid = defaclnamespace where coalesce(nspname, '') !~ '^umami'`,
  extensions: 'select oid, extname, extversion, extnamespace from pg_extension',
  roles: `select oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolconnlimit, rolpassword, rolvaliduntil
      from pg_authid where rolname !~ '^(umami|tenant)'`,
  members: `select roleid::regrole::text, member::regrole::text, admin_option from pg_auth_members
      where roleid::regrole::text !~ '^(umami|tenant)'`,
  settings: `select setdatabase, setrole, setconfig from pg_db_role_setting where setrole = 0 or setrole::regrole::text !~ '^(umami|tenant)'`,
  // That the new role may connect is the one thing which is written beside everybody else's.
  databases: `select oid, datname, datdba, datallowconn, datconnlimit, array(select a::text from unnest(datacl) as a
      where a::text !~ '^umami' order by 1) from pg_database`,
  server: `select name, setting from pg_settings where name !~ '^(transaction|in_hot)'`,
  rows: `select 'invoices', count(*), sum(hashtext(i::text)) from billing.invoices i
      union all select 'accounts', count(*), null from app.accounts`,
};

/** Catalog, grants, row counts and settings of everything that is not Umami's. */
export async function surroundings(client: Client): Promise<Record<string, string[]>> {
  const state: Record<string, string[]> = {};
  for (const [kind, sql] of Object.entries(QUERIES)) {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    state[kind] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return state;
}
