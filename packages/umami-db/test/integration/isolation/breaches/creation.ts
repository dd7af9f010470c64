import { type Breach, SUPERUSER } from '../breach';

const CREATE = 'grant create on database application to umami_user';

export const creation: readonly Breach[] = [
  { attempt: 'make a table in another schema', open: 'grant create on schema public to public' },
  {
    attempt: 'make a function in another schema',
    open: 'grant create, usage on schema app to umami_user',
    after: 'revoke usage on schema app from umami_user',
  },
  { attempt: 'make a type in another schema', open: 'alter schema app owner to umami_user' },
  { attempt: 'make a schema', open: CREATE },
  { attempt: 'make a temporary table', open: 'grant temporary on database application to public' },
  { attempt: 'make a temporary function', open: 'grant temporary on database application to umami_user' },
  { attempt: 'make a trusted extension', open: CREATE },
  { attempt: 'make an untrusted extension', open: SUPERUSER },
  { attempt: 'make a publication', open: CREATE },
  { attempt: 'make a subscription', open: SUPERUSER },
  { attempt: 'make an event trigger', open: SUPERUSER },
  {
    attempt: 'make a database',
    open: 'alter role umami_user createdb',
    attack: `select 1 / rolcreatedb::int from pg_roles where rolname = current_user`,
  },
  {
    attempt: 'make a tablespace',
    open: SUPERUSER,
    attack: `select 1 / rolsuper::int from pg_roles where rolname = current_user`,
  },
  {
    attempt: 'make a table in another tablespace',
    open: 'grant create on tablespace pg_global to public',
    attack: `select 1 / has_tablespace_privilege('pg_global', 'CREATE')::int`,
  },
  { attempt: 'make a role', open: 'alter role umami_user createrole' },
];

export const databases: readonly Breach[] = [
  { attempt: 'sign in to another database', open: 'grant connect on database postgres to public' },
  { attempt: 'change the settings of this database', open: 'alter database application owner to umami_user' },
];
