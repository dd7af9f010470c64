import type { ClientBase } from 'pg';

/** What a catalog holds of us: a heading, its columns, and its rows as text. */
export interface Listing {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const GRANTS = (acl: string) => `coalesce((select string_agg(line, '; ' order by line) from (
  select grantee::regrole || ': ' || string_agg(privilege_type, ', ' order by privilege_type) as line
  from aclexplode(${acl}) as entry where grantee <> 0 group by grantee) as lines), '')`;

const NEW = `not in (select oid from before.objects)`;

const LISTINGS: readonly { title: string; columns: readonly string[]; sql: string }[] = [
  {
    title: 'Database role',
    columns: ['name', 'attributes', 'connection limit', 'comment'],
    sql: `select rolname, array_to_string(array_remove(array[case when rolcanlogin then 'LOGIN' end, case when rolinherit then 'INHERIT' end,
        case when rolsuper then 'SUPERUSER' end, case when rolcreatedb then 'CREATEDB' end, case when rolcreaterole then 'CREATEROLE' end,
        case when rolreplication then 'REPLICATION' end, case when rolbypassrls then 'BYPASSRLS' end], null), ', '),
        rolconnlimit::text, shobj_description(oid, 'pg_authid') from pg_roles where oid ${NEW} order by 1`,
  },
  {
    title: 'Memberships',
    columns: ['role', 'member', 'granted by PostgreSQL itself'],
    sql: `select roleid::regrole::text, member::regrole::text, (grantor = 10)::text from pg_auth_members
      where roleid ${NEW} or member ${NEW} order by 1, 2`,
  },
  {
    title: 'Settings of the database role',
    columns: ['role', 'database', 'setting'],
    sql: `select setrole::regrole::text, coalesce(datname, 'every'), setting from pg_db_role_setting
      left join pg_database on pg_database.oid = setdatabase cross join unnest(setconfig) as setting
      where setrole ${NEW} order by 1, 2, 3`,
  },
  {
    title: 'Grants on the database',
    columns: ['database', 'grants to the database role'],
    sql: `select datname, string_agg(privilege_type, ', ' order by privilege_type) from pg_database
      cross join aclexplode(datacl) where grantee ${NEW} and grantee <> 0 group by 1 order by 1`,
  },
  {
    title: 'Schemas',
    columns: ['name', 'owner', 'grants', 'comment'],
    sql: `select nspname, nspowner::regrole::text, ${GRANTS('nspacl')}, obj_description(oid, 'pg_namespace')
      from pg_namespace where oid ${NEW} and nspname !~ '^pg_' order by 1`,
  },
  {
    title: 'Tables and sequences',
    columns: ['name', 'kind', 'owner', 'columns', 'grants'],
    sql: `select relnamespace::regnamespace || '.' || relname, case relkind when 'r' then 'table' when 'S' then 'sequence' end,
        relowner::regrole::text,
        (select count(*) from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped)::text, ${GRANTS('relacl')}
      from pg_class where oid ${NEW} and relkind in ('r', 'S') and relnamespace::regnamespace::text !~ '^pg_' order by 1`,
  },
  {
    title: 'Indexes',
    columns: ['table', 'indexes'],
    sql: `select indrelid::regclass::text, string_agg(relname || case when indisprimary then ' (primary key)' when indisunique
        then ' (unique)' else '' end, ', ' order by relname) from pg_index join pg_class on pg_class.oid = indexrelid
      where indexrelid ${NEW} and relnamespace::regnamespace::text !~ '^pg_' group by 1 order by 1`,
  },
  {
    title: 'Default privileges',
    columns: ['of what whom makes', 'in schema', 'grants'],
    sql: `select defaclrole::regrole || ': ' || case defaclobjtype when 'r' then 'tables' else defaclobjtype::text end,
        defaclnamespace::regnamespace::text, ${GRANTS('defaclacl')} from pg_default_acl where oid ${NEW} order by 1, 2`,
  },
];

/** Catalogs of objects; what is new in one that is not listed above would be missing on the page. */
const CATALOGS = [
  ...['pg_roles', 'pg_namespace', 'pg_class', 'pg_default_acl', 'pg_database', 'pg_proc', 'pg_type', 'pg_extension'],
  ...[
    'pg_constraint',
    'pg_trigger',
    'pg_event_trigger',
    'pg_policy',
    'pg_operator',
    'pg_cast',
    'pg_collation',
    'pg_language',
  ],
  ...['pg_foreign_server', 'pg_foreign_data_wrapper', 'pg_publication', 'pg_largeobject_metadata', 'pg_tablespace'],
  ...['pg_rewrite', 'pg_ts_config', 'pg_statistic_ext', 'pg_am', 'pg_conversion'],
];

const ALL_OIDS = CATALOGS.map((catalog) => `select oid from ${catalog}`).join(' union all ');

/** Remembers what is there, in a schema of its own that has to be dropped afterwards. */
export async function remember(client: ClientBase): Promise<void> {
  await client.query('create schema before; create table before.objects (oid oid)');
  // Its own rows count as having been there.
  await client.query(`insert into before.objects ${ALL_OIDS}`);
}

/** What is new since {@link remember}: the listings, and how many rows each catalog has more. */
export async function newObjects(client: ClientBase): Promise<Listing[]> {
  const listings: Listing[] = [];
  const query = async (sql: string) => (await client.query<string[]>({ text: sql, rowMode: 'array' })).rows;
  for (const { title, columns, sql } of LISTINGS) listings.push({ title, columns, rows: await query(sql) });
  const counts = CATALOGS.map(
    (catalog) => `select '${catalog}', count(*)::text from ${catalog} where oid ${NEW} having count(*) > 0`,
  );
  const counted = await query(`${counts.join(' union all ')} order by 1`);
  const columns = ['catalog', 'new rows'];
  return [...listings, { title: 'Nothing else', columns, rows: counted }];
}
