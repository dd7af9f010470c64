import {
  describeSchema,
  ledgerSchema,
  type SchemaDescription,
  secondDatabaseRole,
} from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { type Application, INITIAL_ORDERS } from './application';

/** What belongs to the foundation, and so may differ between two snapshots. */
export interface Ours {
  readonly schema: string;
  readonly databaseRole: string;
}

/** Everything outside the foundation's schemas that an existing application would notice. */
export interface Snapshot {
  readonly catalog: SchemaDescription;
  /** Owners, grants, default privileges, settings and memberships, one line each. */
  readonly rights: readonly string[];
  /** Fingerprints of rows that the application does not change. */
  readonly rows: { readonly [what: string]: string };
  readonly orders: number;
}

export async function takeSnapshot(client: Client, application: Application, ours: Ours): Promise<Snapshot> {
  const ourSchemas = [ours.schema, ledgerSchema(ours)];
  const rights = await client.query<{ line: string }>(RIGHTS, [ourSchemas, databaseRolesOf(ours)]);
  const { rows } = await client.query(ROWS(application.schema));
  const { customers, initial_orders, orders } = rows[0];
  return {
    catalog: await describeSchema(client, application.schema, { without: [] }),
    rights: rights.rows.map(({ line }) => line),
    rows: { customers, 'orders from before': initial_orders },
    orders: Number(orders),
  };
}

const ROWS = (schema: string) => `
select
  (select md5(string_agg(customer::text, '|' order by id)) from ${schema}.customer) as customers,
  (select md5(string_agg("order"::text, '|' order by id)) from ${schema}."order" where id <= ${INITIAL_ORDERS}) as initial_orders,
  (select count(*) from ${schema}."order") as orders`;

/** The second one exists where the configuration asks for alternating database roles. */
export function databaseRolesOf({ databaseRole }: Pick<Ours, 'databaseRole'>): string[] {
  return [databaseRole, secondDatabaseRole(databaseRole)];
}

/** $1: schemas of the foundation, $2: its database roles. */
const RIGHTS = `
with other_schema as (
  select oid, nspname, nspowner, nspacl from pg_namespace where nspname <> all ($1::text[]) and nspname !~ '^pg_(temp|toast)'
), other_role as (
  select * from pg_roles where rolname <> all ($2::text[])
), line as (
  select format('schema %s owner %s acl %s', nspname, nspowner::regrole, nspacl) as line from other_schema
  union all
  select format('relation %s.%s kind %s owner %s acl %s', nspname, relname, relkind, relowner::regrole, relacl)
  from pg_class join other_schema on other_schema.oid = relnamespace
  union all
  select format('routine %s.%s owner %s acl %s', nspname, pg_proc.oid::regprocedure, proowner::regrole, proacl)
  from pg_proc join other_schema on other_schema.oid = pronamespace where nspname not in ('pg_catalog', 'information_schema')
  union all
  select format('type %s.%s owner %s acl %s', nspname, typname, typowner::regrole, typacl)
  from pg_type join other_schema on other_schema.oid = typnamespace where nspname not in ('pg_catalog', 'information_schema')
  union all
  select format('default privileges of %s in %s for %s: %s', defaclrole::regrole, nspname, defaclobjtype, defaclacl)
  from pg_default_acl left join pg_namespace on pg_namespace.oid = defaclnamespace where coalesce(nspname <> all ($1::text[]), true)
  union all
  select format('role %s login %s superuser %s createrole %s createdb %s inherit %s limit %s', rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolinherit, rolconnlimit)
  from other_role
  union all
  select format('setting of %s in %s: %s', coalesce(rolname, 'every role'), coalesce(datname, 'every database'), setconfig)
  from pg_db_role_setting left join pg_roles on pg_roles.oid = setrole left join pg_database on pg_database.oid = setdatabase
  where coalesce(rolname <> all ($2::text[]), true)
  union all
  select format('member %s of %s', member::regrole, roleid::regrole)
  from pg_auth_members join other_role as granted on granted.oid = roleid join other_role as grantee on grantee.oid = member
  union all
  select format('database %s owner %s: %s to %s', datname, datdba::regrole, privilege_type, coalesce(grantee.rolname, 'PUBLIC'))
  from pg_database cross join aclexplode(coalesce(datacl, acldefault('d', datdba))) as acl
  left join pg_roles as grantee on grantee.oid = acl.grantee
  where coalesce(grantee.rolname <> all ($2::text[]), true)
  union all
  select format('extension %s %s in %s', extname, extversion, extnamespace::regnamespace) from pg_extension
)
select line from line order by line`;

/** How a later snapshot differs from an earlier one. */
export function differences(
  before: Snapshot,
  after: Snapshot,
  ordersPlaced: number,
): { catalog: string[]; rows: string[] } {
  const gone = before.rights.filter((line) => !after.rights.includes(line)).map((line) => `gone: ${line}`);
  const added = after.rights.filter((line) => !before.rights.includes(line)).map((line) => `new: ${line}`);
  const isSameCatalog = JSON.stringify(before.catalog) === JSON.stringify(after.catalog);
  const changed = Object.keys(before.rows)
    .filter((what) => before.rows[what] !== after.rows[what])
    .map((what) => `${what} changed`);
  const expected = before.orders + ordersPlaced;
  return {
    catalog: [...(isSameCatalog ? [] : ['the catalog of the schema changed']), ...gone, ...added],
    rows: [...changed, ...(after.orders === expected ? [] : [`${after.orders} orders instead of ${expected}`])],
  };
}
