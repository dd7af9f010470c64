import type { Family } from './family';
import { OUTSIDE, right } from './outside';

const NAME = `format('%I.%I', nspname, relname)`;

export const sequenceRights = `
${right({
  family: 'sequences',
  object: `'sequence ' || ${NAME}`,
  acl: `coalesce(relacl, acldefault('s', relowner))`,
  owner: 'relowner',
  schema: 'n.oid',
  privileges: ['SELECT', 'USAGE', 'UPDATE'],
})}
from pg_class c join pg_namespace n on n.oid = relnamespace where relkind = 'S' and ${OUTSIDE}`;

function each(privilege: string): string {
  const held = `has_schema_privilege(n.oid, 'USAGE') and has_sequence_privilege(c.oid, '${privilege}')`;
  return `select 'sequence ' || ${NAME} as object, format('select %L::bool as allowed', ${held}) as sql, ${held} as likely
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind = 'S' and nspname not in (select schema from umami_schema) and nspname !~ '^pg_'`;
}

export const sequences = (): Family => ({
  name: 'sequences',
  why: 'A sequence tells how much the application does; setting it back makes its next INSERTs fail.',
  safe: 'nextval and setval are not undone by a rollback, so the catalog is asked.',
  attempts: [
    { name: 'read a sequence', each: each('SELECT'), privilege: 'SELECT' },
    { name: 'advance a sequence', each: each('USAGE'), privilege: 'USAGE' },
    { name: 'set a sequence', each: each('UPDATE'), privilege: 'UPDATE' },
  ],
});
