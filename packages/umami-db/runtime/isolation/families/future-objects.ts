import { ANY_PRIVILEGE, type Family } from './family';
import { right } from './outside';

const WHAT = `case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
  when 'n' then 'schemas' when 'L' then 'large objects' end`;
const WHERE = `case when defaclnamespace = 0 then '' else format(' in schema %s', defaclnamespace::regnamespace) end`;
const OUTSIDE_NAMESPACE = 'defaclnamespace not in (select oid from umami_schema)';
const OBJECT = `format('later %s of %s%s', ${WHAT}, defaclrole::regrole, ${WHERE})`;

/** EXECUTE for PUBLIC is PostgreSQL's own default, which every such list repeats; types give nothing away. */
const ENTRIES = `(select defaclrole, defaclnamespace, defaclobjtype, array(
    select makeaclitem(grantee, grantor, privilege_type, false) from aclexplode(defaclacl)
    where not (defaclobjtype = 'f' and defaclnamespace = 0 and grantee = 0)
  ) as acl from pg_default_acl where defaclobjtype <> 'T') as entries`;

export const futureRights = `
${right({
  family: 'future objects',
  object: OBJECT,
  prefix: `format('alter default privileges for role %s%s ', defaclrole::regrole, ${WHERE})`,
  on: WHAT,
  acl: 'acl',
  owner: 'null::oid',
  privileges: [
    ...['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'],
    ...['USAGE', 'CREATE', 'EXECUTE'],
  ],
})}
from ${ENTRIES} where ${OUTSIDE_NAMESPACE}`;

export const futureObjects = (): Family => ({
  name: 'future objects',
  why: 'Default privileges open what the application makes tomorrow.',
  safe: 'Only the catalog is read.',
  attempts: [
    {
      name: 'use what another role makes later',
      each: `select ${OBJECT} as object, true as likely, format('select %L::bool as allowed', exists (
          select from aclexplode(acl) where grantee = 0 or pg_has_role(grantee, 'MEMBER') and grantee <> defaclrole)) as sql
        from ${ENTRIES} where ${OUTSIDE_NAMESPACE}`,
      privilege: ANY_PRIVILEGE,
    },
  ],
});
