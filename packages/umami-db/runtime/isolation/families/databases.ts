import type { Family } from './family';
import { right } from './outside';

export const databaseRights = `
${right({
  family: 'databases',
  object: `format('database %I', datname)`,
  acl: `coalesce(datacl, acldefault('d', datdba))`,
  owner: 'datdba',
  privileges: ['CONNECT', 'CREATE'],
})}
from pg_database where datname <> current_database() and datallowconn`;

export const databases = (): Family => ({
  name: 'databases',
  why: 'Roles belong to the whole cluster, and PostgreSQL grants CONNECT on every new database to PUBLIC.',
  safe: 'The role signs in, asks nothing, and leaves.',
  attempts: [
    {
      name: 'sign in to another database',
      each: `select format('database %I', datname) as object, datname as sql,
          has_database_privilege(oid, 'CONNECT') as likely
        from pg_database where datname <> current_database() and datallowconn`,
      signIn: true,
      privilege: 'CONNECT',
    },
    {
      name: 'change the settings of this database',
      each: `select format('database %I', current_database()) as object, true as likely,
        format('alter database %I set statement_timeout = 0', current_database()) as sql`,
      privilege: 'OWNERSHIP',
    },
  ],
});
