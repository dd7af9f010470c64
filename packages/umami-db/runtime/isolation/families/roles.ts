import type { Attempt, Family } from './family';

/** What the role is, beside what it was granted: columns of a finding, for `member_of` of find-rights.ts. */
export const ROLE_FINDINGS = `
select 'roles' as family, 'attribute ' || attribute as object, attribute as privileges, rolname as via,
  format('alter role %I %s', rolname, remedy) as close
from pg_roles cross join lateral (values
  (rolsuper, 'SUPERUSER', 'nosuperuser'),
  (rolcreaterole, 'CREATEROLE', 'nocreaterole'),
  (rolcreatedb, 'CREATEDB', 'nocreatedb'),
  (rolbypassrls, 'BYPASSRLS', 'nobypassrls'),
  (rolreplication, 'REPLICATION', 'noreplication'),
  (rolconnlimit = -1, 'CONNECTION LIMIT -1', 'connection limit 30')
) as attributes (held, attribute, remedy) where held and rolname = $1
union all
select distinct 'roles', format('membership in %I', rolname), 'MEMBERSHIP', rolname,
  format('revoke %I from %I', rolname, $1::text)
from pg_roles join member_of on direct = pg_roles.oid`;

/** Other roles, the strongest first. */
function eachRole(sql: string): Pick<Attempt, 'each'> {
  const each = `select format('role %I', rolname) as object, format('${sql}', rolname) as sql,
      rolsuper or pg_has_role(oid, 'MEMBER') as likely
    from pg_roles where rolname <> current_user and rolname !~ '^pg_'`;
  return { each };
}

const NO_PASSWORD = `SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=`;

export const roles = (): Family => ({
  name: 'roles',
  why: 'A member of another database role has the privileges of that role.',
  safe: 'Everything is rolled back.',
  attempts: [
    { name: 'become another role', ...eachRole('set local role %I') },
    { name: 'sign in as another role afterwards', ...eachRole('set local session authorization %I') },
    { name: 'become a member of another role', ...eachRole('grant %I to current_user') },
    { name: 'become a member of pg_read_all_data', sql: 'grant pg_read_all_data to current_user' },
    { name: 'become a member of pg_write_all_data', sql: 'grant pg_write_all_data to current_user' },
    { name: 'become a member of pg_monitor', sql: 'grant pg_monitor to current_user' },
    { name: 'make itself a superuser', sql: 'alter role current_user superuser' },
    { name: 'let itself make roles', sql: 'alter role current_user createrole' },
    { name: 'let itself make databases', sql: 'alter role current_user createdb' },
    { name: 'let itself pass by row security', sql: 'alter role current_user bypassrls' },
    { name: 'let itself replicate', sql: 'alter role current_user replication' },
    { name: 'lift its own connection limit', sql: 'alter role current_user connection limit -1' },
    { name: 'let its password never expire', sql: `alter role current_user valid until 'infinity'` },
    {
      name: 'forge its ownership comment',
      each: `select format('role %I', current_user) as object, true as likely,
        format('comment on role %I is ''of somebody else''', current_user) as sql`,
    },
    { name: "set another role's password", ...eachRole(`alter role %I password ''${NO_PASSWORD}''`) },
    { name: 'change the settings of another role', ...eachRole('alter role %I set statement_timeout = 0') },
    {
      name: 'make what another role makes later readable',
      ...eachRole('alter default privileges for role %I grant select on tables to current_user'),
    },
    {
      name: 'pass by row security',
      sql: 'select rolsuper or rolbypassrls as allowed from pg_roles where rolname = current_user',
    },
    {
      name: 'change its own password',
      sql: `alter role current_user password '${NO_PASSWORD}'`,
      everybody:
        'PostgreSQL lets every role change its own password. Nothing of the application is reached; the next provisioning makes secret and database agree again.',
    },
    {
      name: 'change its own settings',
      sql: 'alter role current_user set statement_timeout = 0',
      everybody:
        'PostgreSQL lets every role change its own settings: timeouts guard against accidents, the connection limit against more. The next provisioning puts them back.',
    },
  ],
});
