import type { Family } from './family';
import { right } from './outside';

export const foreignDataRights = `
${right({
  family: 'foreign data',
  object: `format('server %I', srvname)`,
  on: `format('foreign server %I', srvname)`,
  acl: `coalesce(srvacl, acldefault('S', srvowner))`,
  owner: 'srvowner',
  privileges: ['USAGE'],
})}
from pg_foreign_server
union all
${right({
  family: 'foreign data',
  object: `format('foreign data wrapper %I', fdwname)`,
  acl: `coalesce(fdwacl, acldefault('F', fdwowner))`,
  owner: 'fdwowner',
  privileges: ['USAGE'],
})}
from pg_foreign_data_wrapper
union all
${right({
  family: 'foreign data',
  object: `format('function %I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid))`,
  acl: `coalesce(proacl, acldefault('f', proowner))`,
  owner: 'proowner',
  schema: 'n.oid',
  privileges: ['EXECUTE'],
})}
from pg_proc p join pg_namespace n on n.oid = pronamespace where proname ~ '^dblink_connect' and not prosecdef`;

export const foreignData = (): Family => ({
  name: 'foreign data',
  why: 'From inside the database one can get to where the security group of Umami lets nobody.',
  safe: 'Everything is rolled back, and no connection is opened.',
  attempts: [
    {
      name: 'use a foreign server',
      each: `select format('server %I', srvname) as object, has_server_privilege(oid, 'USAGE') as likely,
          format('create user mapping for current_user server %I', srvname) as sql
        from pg_foreign_server s where not exists (
          select from pg_user_mappings m where m.srvid = s.oid and usename = current_user)`,
      privilege: 'USAGE',
    },
    {
      name: 'make a foreign server',
      each: `select format('foreign data wrapper %I', fdwname) as object,
          has_foreign_data_wrapper_privilege(oid, 'USAGE') as likely,
          format('create server user_metrics_attempt foreign data wrapper %I', fdwname) as sql
        from pg_foreign_data_wrapper`,
      privilege: 'USAGE',
    },
    { name: 'make a foreign data wrapper', sql: 'create foreign data wrapper user_metrics_attempt' },
    {
      name: 'connect to another server by dblink',
      each: `select format('function %I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid)) as object,
          true as likely, format('select has_schema_privilege(%s, ''USAGE'')
            and has_function_privilege(%s, ''EXECUTE'') as allowed', n.oid, p.oid) as sql
        from pg_proc p join pg_namespace n on n.oid = pronamespace where proname ~ '^dblink_connect'`,
      privilege: 'EXECUTE',
    },
  ],
});
