import { hasTable } from '../inspection/facts';
import { statementsOf } from '../migrations/index';
import { literal, qualified } from '../sql/identifiers';
import { PRISMA_LEDGER } from '../sql/privileges';
import { bridgedTables } from './bridge';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** Umami's queries name it before the tables that they join. */
const JOINED_FIRST = 'website_event';

type Tables = Pick<Planning, 'target' | 'facts' | 'pending'>;

/**
 * Locks every existing table that the transaction changes, before it changes the first one: a transaction that holds one
 * table and then waits for another one deadlocks with a query that joins them.
 */
export function planTableLocks(planning: Planning): Statement[] {
  const tables = [
    ...new Set([
      ...migratedTables(planning),
      ...transferredTables(planning),
      ...bridgedTables(planning).filter((table) => hasTable(planning.facts, planning.target.schema, table)),
    ]),
  ].sort(byJoin);
  if (tables.length === 0) return [];
  const names = tables.map((table) => qualified(planning.target.schema, table));
  return [{ sql: lockInAnyOrder(names), title: lockOf(names) }];
}

/** Statistics of rewritten tables are from before: queries would be planned by them until autovacuum comes. */
export function planStatistics(planning: Tables): Statement[] {
  const { pending } = planning;
  const dropped = pending.flatMap((migration) =>
    statementsOf(migration, {}).filter((sql) => /^\s*drop table\b/i.test(sql)),
  );
  const tables = migratedTables(planning).filter((table) => !dropped.some((sql) => mentions(sql, table)));
  return tables.length === 0
    ? []
    : statements(`analyze ${tables.map((table) => qualified(planning.target.schema, table)).join(', ')}`);
}

/** Existing tables that pending migrations name. A table that they only read counts as well: that is never too few. */
export function migratedTables({ target, facts, pending }: Tables): string[] {
  const texts = pending.flatMap((migration) => statementsOf(migration, {}));
  return facts.objects
    .filter(({ schema, kind, name: table }) => schema === target.schema && kind === 'table' && table !== PRISMA_LEDGER)
    .map(({ name: table }) => table)
    .filter((table) => texts.some((sql) => mentions(sql, table)));
}

function transferredTables({ target, facts, ownerChange }: Planning): string[] {
  const isTransferred = ({ schema, kind, owner }: (typeof facts.objects)[number]) =>
    schema === target.schema && kind === 'table' && owner !== ownerChange.owner;
  return facts.objects.filter(isTransferred).map(({ name: table }) => table);
}

/** As a word of its own; or, where an index is dropped, as the beginning of its name. */
function mentions(sql: string, table: string): boolean {
  const end = /^\s*drop index\b/i.test(sql) ? '(_|\\b)' : '\\b';
  return new RegExp(`\\b${table}${end}`).test(sql);
}

function byJoin(one: string, other: string): number {
  const rank = (table: string) => (table === JOINED_FIRST ? 0 : 1);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

/**
 * Queries that join the same tables in the opposite order always block the lock, if there are enough of them: where one
 * order fails, another one is tried, each time a different one. What was locked by then is released.
 */
function lockInAnyOrder(tables: readonly string[]): string {
  const lock = lockOf(tables);
  if (tables.length === 1) return lock;
  return `do ${literal(`begin
  ${lock};
exception when lock_not_available or deadlock_detected then
  execute (select 'lock table ' || string_agg(name, ', ' order by random()) || ' in access exclusive mode'
    from unnest(array[${tables.map(literal).join(', ')}]) as name);
end`)}`;
}

function lockOf(tables: readonly string[]): string {
  return `lock table ${tables.join(', ')} in access exclusive mode`;
}
