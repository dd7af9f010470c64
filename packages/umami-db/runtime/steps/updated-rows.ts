import { hasTable } from '../inspection/facts';
import { type Migration, statementsOf } from '../migrations/index';
import { literal, qualified } from '../sql/identifiers';
import type { Planning } from './planning';
import type { Statement } from './statement';

/** The largest table. Some migrations update every row of it, and it has a dozen indexes. */
const TABLE = 'website_event';

/** Setting of the transaction that keeps the definitions of the dropped indexes. */
const DROPPED = literal('umami_db.dropped_indexes');
const DROPPED_BEFORE = `coalesce(nullif(current_setting(${DROPPED}, true), ''), '{}')::text[]`;

type Tables = Pick<Planning, 'target' | 'facts' | 'pending'>;

/** What the migrations send, with what comes before and after a migration that updates every row of a large table. */
export function withoutIndexes(planning: Tables, send: (migration: Migration) => Statement[]): Statement[] {
  const { target, facts, pending } = planning;
  const exists = hasTable(facts, target.schema, TABLE);
  const updating = exists ? pending.filter(updatesRows) : [];
  const last = updating.at(-1);
  return pending.flatMap((migration) => [
    ...(updating.includes(migration) ? [dropIndexes(planning)] : []),
    ...send(migration),
    ...(migration === last ? [createIndexes()] : []),
  ]);
}

function updatesRows(migration: Migration): boolean {
  return statementsOf(migration, {}).some((sql) => new RegExp(`\\bupdate "?${TABLE}\\b`, 'i').test(sql));
}

/**
 * An update of all rows adds an entry to each index for each row, one after the other: to create the indexes again takes a
 * third of that time, in which Umami waits. Indexes with properties that their definition does not tell stay.
 */
function dropIndexes({ target }: Tables): Statement {
  const table = qualified(target.schema, TABLE);
  return {
    title: `drop the indexes of ${table} that are not unique, before all of its rows are updated`,
    sql: `do ${literal(`declare
  names text;
  definitions text[];
begin
  select string_agg(indexrelid::regclass::text, ', '), array_agg(pg_get_indexdef(indexrelid))
    into names, definitions
    from pg_index join pg_class on pg_class.oid = indexrelid
    where indrelid = ${literal(table)}::regclass and indisvalid and reltablespace = 0
      and not (indisunique or indisexclusion or indisclustered or indisreplident)
      and obj_description(indexrelid, 'pg_class') is null;
  if names is not null then
    perform set_config(${DROPPED}, (${DROPPED_BEFORE} || definitions)::text, true);
    execute 'drop index ' || names;
  end if;
end`)}`,
  };
}

function createIndexes(): Statement {
  return {
    title: 'create the dropped indexes again',
    sql: `do ${literal(`declare
  definition text;
begin
  foreach definition in array ${DROPPED_BEFORE} loop
    execute definition;
  end loop;
end`)}`,
  };
}
