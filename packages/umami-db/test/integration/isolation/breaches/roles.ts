import { type Breach, SUPERUSER } from '../breach';

const MEMBER = 'grant other to umami_user';

export const roles: readonly Breach[] = [
  { attempt: 'become another role', open: MEMBER },
  { attempt: 'sign in as another role afterwards', open: SUPERUSER },
  { attempt: 'become a member of another role', open: `${MEMBER} with admin option` },
  { attempt: 'become a member of pg_read_all_data', open: 'grant pg_read_all_data to umami_user with admin option' },
  { attempt: 'become a member of pg_write_all_data', open: 'grant pg_write_all_data to umami_user with admin option' },
  { attempt: 'become a member of pg_monitor', open: 'grant pg_monitor to umami_user with admin option' },
  { attempt: 'make itself a superuser', open: SUPERUSER },
  { attempt: 'let itself make roles', open: SUPERUSER },
  { attempt: 'let itself make databases', open: SUPERUSER },
  { attempt: 'let itself pass by row security', open: SUPERUSER },
  { attempt: 'let itself replicate', open: SUPERUSER },
  { attempt: 'lift its own connection limit', open: SUPERUSER },
  { attempt: 'let its password never expire', open: SUPERUSER },
  { attempt: 'forge its ownership comment', open: SUPERUSER },
  { attempt: "set another role's password", open: SUPERUSER },
  { attempt: 'change the settings of another role', open: SUPERUSER },
  { attempt: 'make what another role makes later readable', open: MEMBER },
  {
    attempt: 'pass by row security',
    open: 'alter role umami_user bypassrls',
    attack: `select 1 / rolbypassrls::int from pg_roles where rolname = current_user`,
  },
];

export const interference: readonly Breach[] = [
  {
    attempt: 'open connections without end',
    open: 'alter role umami_user connection limit -1',
    attack: `select 1 / (rolconnlimit = -1)::int from pg_roles where rolname = current_user`,
  },
];
