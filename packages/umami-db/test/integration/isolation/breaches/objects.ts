import type { Breach } from '../breach';

const SEEN = 'grant usage on schema app to public';

export const sequences: readonly Breach[] = [
  {
    attempt: 'read a sequence',
    open: `${SEEN}; grant select on sequence app.numbers to public`,
    attack: 'select last_value from app.numbers',
  },
  {
    attempt: 'advance a sequence',
    open: `${SEEN}; grant usage on sequence app.numbers to umami_user`,
    attack: `select nextval('app.numbers')`,
  },
  {
    attempt: 'set a sequence',
    open: `${SEEN}; grant update on sequence app.numbers to public`,
    attack: `select setval('app.numbers', 1)`,
  },
];

export const functions: readonly Breach[] = [
  {
    attempt: "call a function that has its owner's rights",
    open: `${SEEN}; revoke execute on function app.plain() from public; revoke execute on procedure app.clear() from public`,
    attack: 'select 1 / count(*) from app.card()',
    after:
      'grant execute on function app.card() to public; grant execute on function app.plain() to public; grant execute on procedure app.clear() to public',
  },
  {
    attempt: "call a function that has the caller's rights",
    open: `${SEEN}; grant execute on function app.plain() to umami_user`,
    attack: 'select app.plain()',
    after: 'grant execute on function app.plain() to public',
  },
  {
    attempt: 'call a procedure',
    open: `grant usage on schema app to umami_user; alter procedure app.clear() security definer`,
    attack: 'call app.clear()',
    after: 'alter procedure app.clear() security invoker',
  },
];

export const largeObjects: readonly Breach[] = [
  {
    attempt: 'read a large object',
    open: 'grant select on large object 77 to public',
    attack: `select 1 / (convert_from(lo_get(77), 'UTF8') = 'of a customer')::int`,
  },
  {
    attempt: 'change a large object',
    open: 'grant select, update on large object 77 to umami_user',
    attack: `select lo_put(77, 0, 'spy')`,
  },
  {
    attempt: 'make a large object of a file of the server',
    open: 'grant execute on function lo_import(text) to public',
    attack: `select lo_import('PG_VERSION')`,
  },
  {
    attempt: 'write a large object into a file of the server',
    open: 'grant execute on function lo_export(oid, text) to umami_user; grant select on large object 77 to umami_user',
    attack: `select lo_export(77, '/dev/null')`,
    after: 'revoke select on large object 77 from umami_user',
  },
];

export const futureObjects: readonly Breach[] = [
  {
    attempt: 'use what another role makes later',
    open: 'alter default privileges in schema app grant select on tables to public',
    attack: `select 1 / count(*) from pg_default_acl where defaclacl::text like '%=r/%' and defaclnamespace = (select oid from pg_namespace where nspname = 'app')`,
  },
  {
    attempt: 'use what another role makes later',
    open: `alter default privileges grant usage on schemas to public; alter default privileges grant usage on sequences to public;
      alter default privileges grant references on tables to umami_user`,
  },
];

export const foreignData: readonly Breach[] = [
  {
    attempt: 'use a foreign server',
    open: 'grant usage on foreign server remote to public',
  },
  {
    attempt: 'make a foreign server',
    open: 'grant usage on foreign data wrapper nowhere to umami_user',
  },
  { attempt: 'make a foreign data wrapper', open: 'alter role umami_user superuser' },
  {
    attempt: 'connect to another server by dblink',
    open: `${SEEN}; grant execute on function app.dblink_connect_u(text) to umami_user`,
    attack: `select 1 / has_function_privilege('app.dblink_connect_u(text)', 'EXECUTE')::int`,
    after: 'grant execute on function app.dblink_connect(text), app.dblink_connect(text, text) to public',
  },
];
