import type { Family } from './family';
import { right } from './outside';

export const largeObjectRights = `
${right({
  family: 'large objects',
  object: `'large object ' || l.oid`,
  acl: `coalesce(lomacl, acldefault('L', lomowner))`,
  owner: 'lomowner',
  privileges: ['SELECT', 'UPDATE'],
})}
from pg_largeobject_metadata l`;

const each = (sql: string, privilege: string) => `
  select 'large object ' || l.oid as object, format('${sql}', l.oid) as sql,
    exists (select from aclexplode(lomacl) where grantee = 0 and privilege_type = '${privilege}') as likely
  from pg_largeobject_metadata l`;

export const largeObjects = (): Family => ({
  name: 'large objects',
  why: 'Files that the application keeps in the database lie in no schema.',
  safe: 'Reading changes nothing; writing is rolled back; files of the server are named that cannot exist.',
  attempts: [
    { name: 'read a large object', each: each('select lo_get(%s, 0, 1)', 'SELECT'), privilege: 'SELECT' },
    { name: 'change a large object', each: each('select lo_open(%s, 131072)', 'UPDATE'), privilege: 'UPDATE' },
    {
      name: 'make a large object',
      sql: 'select lo_create(0)',
      everybody:
        'PostgreSQL lets every role make large objects, and only a superuser may revoke that: nobody reads them, they take space. Watch the size of pg_largeobject.',
    },
    {
      name: 'make a large object of a file of the server',
      sql: `select lo_import('')`,
      object: 'function pg_catalog.lo_import(text)',
      privilege: 'EXECUTE',
      behind: ['58P01'],
    },
    {
      name: 'write a large object into a file of the server',
      sql: `select lo_export(0, '')`,
      object: 'function pg_catalog.lo_export(oid,text)',
      privilege: 'EXECUTE',
      behind: ['42704', '58P01'],
    },
  ],
});
