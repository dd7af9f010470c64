import type { Attempt, Family } from './family';
import { OUTSIDE, right } from './outside';

export const creationRights = `
${right({
  family: 'creation',
  object: `format('schema %I', nspname)`,
  acl: `coalesce(nspacl, acldefault('n', nspowner))`,
  owner: 'nspowner',
  privileges: ['CREATE'],
})}
from pg_namespace where ${OUTSIDE}
union all
${right({
  family: 'creation',
  object: `format('database %I', datname)`,
  acl: `coalesce(datacl, acldefault('d', datdba))`,
  owner: 'datdba',
  privileges: ['CREATE', 'TEMPORARY'],
})}
from pg_database where datname = current_database()
union all
${right({
  family: 'creation',
  object: `format('tablespace %I', spcname)`,
  acl: `coalesce(spcacl, acldefault('t', spcowner))`,
  owner: 'spcowner',
  privileges: ['CREATE'],
})}
from pg_tablespace`;

function inEverySchema(sql: string): Pick<Attempt, 'each' | 'privilege'> {
  const each = `select format('schema %I', nspname) as object, format('${sql}', nspname) as sql,
      has_schema_privilege(oid, 'CREATE') as likely
    from pg_namespace where ${OUTSIDE}`;
  return { each, privilege: 'CREATE' };
}

function inDatabase(sql: string, privilege: string): Pick<Attempt, 'each' | 'privilege'> {
  const each = `select format('database %I', current_database()) as object, $sql$${sql}$sql$ as sql, true as likely`;
  return { each, privilege };
}

export const creation = (): Family => ({
  name: 'creation',
  why: "What is made in another schema can take the place of the application's own; what is made anywhere takes space.",
  safe: 'Everything is rolled back; what PostgreSQL refuses in a transaction names a template or a folder that cannot exist.',
  attempts: [
    { name: 'make a table in another schema', ...inEverySchema('create table %I.user_metrics_attempt ()') },
    {
      name: 'make a function in another schema',
      ...inEverySchema(`create function %I.user_metrics_attempt() returns int language sql as $f$select 1$f$`),
    },
    { name: 'make a type in another schema', ...inEverySchema(`create type %I.user_metrics_attempt as enum ()`) },
    { name: 'make a schema', ...inDatabase('create schema user_metrics_attempt', 'CREATE') },
    { name: 'make a temporary table', ...inDatabase('create temporary table user_metrics_attempt ()', 'TEMPORARY') },
    {
      name: 'make a temporary function',
      ...inDatabase(
        'create function pg_temp.user_metrics_attempt() returns int language sql as $f$select 1$f$',
        'TEMPORARY',
      ),
    },
    {
      name: 'make a trusted extension',
      ...inDatabase('create schema user_metrics_attempt; create extension tcn schema user_metrics_attempt', 'CREATE'),
    },
    { name: 'make an untrusted extension', sql: 'create extension pageinspect' },
    { name: 'make a publication', ...inDatabase('create publication user_metrics_attempt', 'CREATE') },
    {
      name: 'make a subscription',
      sql: `create subscription user_metrics_attempt connection 'password=x' publication x with (connect = false)`,
    },
    {
      name: 'make an event trigger',
      sql: 'create event trigger user_metrics_attempt on ddl_command_end execute function user_metrics_attempt()',
      behind: ['42883'],
    },
    {
      name: 'make a database',
      sql: 'create database user_metrics_attempt template user_metrics_no_template',
      alone: true,
      behind: ['3D000'],
    },
    {
      name: 'make a tablespace',
      sql: `create tablespace user_metrics_attempt location 'no absolute path'`,
      alone: true,
      behind: ['42P17'],
    },
    {
      name: 'make a table in another tablespace',
      each: `select format('tablespace %I', spcname) as object, true as likely,
          format('select has_tablespace_privilege(%s, ''CREATE'') as allowed', oid) as sql
        from pg_tablespace where spcname <> 'pg_default'`,
      privilege: 'CREATE',
    },
    { name: 'make a role', sql: 'create role user_metrics_attempt' },
  ],
});
