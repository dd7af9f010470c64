import type { Family } from './family';
import { inExtension, OUTSIDE, right } from './outside';

const KIND = `case prokind when 'p' then 'procedure' else 'function' end`;
const NAME = `format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid))`;

/** What an extension brings runs with the caller's rights, mostly, and there are hundreds of them. */
export const functionRights = `
${right({
  family: 'functions',
  object: `${KIND} || ' ' || ${NAME}`,
  acl: `coalesce(proacl, acldefault('f', proowner))`,
  owner: 'proowner',
  schema: 'n.oid',
  privileges: ['EXECUTE'],
})}
from pg_proc p join pg_namespace n on n.oid = pronamespace
where ${OUTSIDE} and (prosecdef or not ${inExtension('pg_proc', 'p.oid')})`;

function each(condition: string): string {
  const held = `has_schema_privilege(n.oid, 'USAGE') and has_function_privilege(p.oid, 'EXECUTE')`;
  return `select ${KIND} || ' ' || ${NAME} as object, format('select %L::bool as allowed', ${held}) as sql, ${held} as likely
    from pg_proc p join pg_namespace n on n.oid = pronamespace
    where ${OUTSIDE}
      and ${condition} and (prosecdef or not ${inExtension('pg_proc', 'p.oid')})`;
}

export const functions = (): Family => ({
  name: 'functions',
  why: 'A function that is SECURITY DEFINER does what its owner may, and PostgreSQL grants EXECUTE to PUBLIC unless told otherwise.',
  safe: 'A function may do anything, also what no rollback undoes, so none is called: the catalog is asked.',
  attempts: [
    { name: "call a function that has its owner's rights", each: each('prosecdef'), privilege: 'EXECUTE' },
    {
      name: "call a function that has the caller's rights",
      each: each(`prokind <> 'p' and not prosecdef`),
      privilege: 'EXECUTE',
    },
    { name: 'call a procedure', each: each(`prokind = 'p'`), privilege: 'EXECUTE' },
  ],
});
