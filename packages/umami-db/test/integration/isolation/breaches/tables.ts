import { type Breach, SUPERUSER } from '../breach';

const SEEN = 'grant usage on schema app to public';

export const tables: readonly Breach[] = [
  {
    attempt: 'read rows of a table',
    open: `${SEEN}; grant select on app.orders to public`,
    attack: 'select card from app.orders',
  },
  {
    attempt: 'read rows of a view',
    open: `${SEEN}; grant select (card) on app.names to umami_user`,
    attack: 'select card from app.names',
  },
  {
    attempt: 'read rows of a materialized view',
    open: `grant usage on schema app to umami_user; grant select on app.totals to public`,
    attack: 'select total from app.totals',
  },
  { attempt: 'read rows of a foreign table', open: `${SEEN}; grant select on app.remote to umami_user` },
  {
    attempt: "read the planner's samples of a table",
    open: SUPERUSER,
    attack: `select 1 / count(*) from pg_stats where schemaname = 'app'`,
  },
  {
    attempt: "read the planner's samples of a table",
    open: `${SEEN}; grant select (card) on app.orders to public`,
    attack: `select 1 / count(*) from pg_stats where schemaname = 'app'`,
  },
  {
    attempt: 'add rows to a table',
    open: `${SEEN}; grant insert (id) on app.orders to public`,
    attack: 'insert into app.orders (id) values (2)',
  },
  {
    attempt: 'change rows of a table',
    open: `${SEEN}; grant other to umami_user; grant update on app.orders to other`,
    attack: `update app.orders set card = 'of the attacker'`,
    after: 'revoke update on app.orders from other',
  },
  {
    attempt: 'change rows through a view',
    open: `${SEEN}; grant update on app.names to public`,
    attack: `update app.names set card = 'of the attacker'`,
  },
  {
    attempt: 'delete rows of a table',
    open: `${SEEN}; grant delete on app.orders to umami_user`,
    attack: 'delete from app.orders',
  },
  {
    attempt: 'empty a table',
    open: `${SEEN}; grant truncate on app.orders to public`,
    attack: 'truncate app.orders',
  },
  {
    attempt: 'attach a trigger to a table',
    open: `${SEEN}; grant trigger on app.orders to public`,
    attack:
      'create trigger spy before update on app.orders for each row execute function suppress_redundant_updates_trigger()',
  },
  {
    attempt: 'refer to a table',
    open: `${SEEN}; alter table app.orders_log add unique (id); grant references on app.orders_log to umami_user`,
    attack: `select 1 / has_column_privilege('app.orders_log', 'id', 'REFERENCES')::int`,
  },
  {
    attempt: 'lock a table for maintenance',
    open: `${SEEN}; grant maintain on app.orders to public`,
    attack: 'lock table app.orders in access exclusive mode',
    since: 17,
  },
  {
    attempt: 'alter or drop a table',
    open: `${SEEN}; alter table app.orders owner to umami_user`,
    attack: 'alter table app.orders add spy int',
  },
];
