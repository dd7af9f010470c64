import { name, qualified } from '../sql/identifiers';
import type { FoundTable } from './schema';
import type { PurgedTable } from './tables';

/** A table, what it is in the database, and which tables beside it exist. */
export interface Subject extends PurgedTable, FoundTable {
  readonly schema: string;
  readonly existing: ReadonlySet<string>;
}

/**
 * A row of a page: its `created_at`, whether it is older than the limit, and its key. All are text: a JavaScript Date has no
 * microseconds.
 */
export type PageRow = readonly [createdAt: string, old: string, ...key: string[]];

/**
 * The next rows in the order of the index, read only. Parameters: the limit in time, the number of rows, the website where
 * the index begins with it, and then where the last page ended.
 */
export function pageSql({ schema, table, key, keyTypes, index }: Subject, last: PageRow | undefined): string {
  const columns = key.map((column) => `t.${name(column)}`);
  const order = index === 'key' ? columns : ['t.created_at', ...columns];
  const types = index === 'key' ? keyTypes : ['timestamptz', ...keyTypes];
  const first = index === 'website' ? 4 : 3;
  const conditions = [
    ...(index === 'key' ? [] : ['t.created_at < $1::timestamptz']),
    ...(index === 'website' ? ['t.website_id = $3::uuid'] : []),
    ...(last ? [`(${order}) > (${types.map((type, place) => `$${first + place}::${type}`)})`] : []),
  ];
  return `select t.created_at::text, (t.created_at < $1::timestamptz)::text, ${columns.map((column) => `${column}::text`)}
    from ${qualified(schema, table)} t${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''}
    order by ${order} limit $2`;
}

/** Parameters of {@link pageSql} that say where the last page ended. */
export function cursorValues({ index }: Subject, last: PageRow | undefined): string[] {
  if (!last) return [];
  const [createdAt, , ...key] = last;
  return index === 'key' ? key : [createdAt, ...key];
}

/** The next website that has rows, after the one in the parameter. */
export function nextWebsiteSql({ schema, table }: Subject): string {
  return `select website_id::text as website from ${qualified(schema, table)}
    where $1::uuid is null or website_id > $1::uuid order by website_id limit 1`;
}

/** Those of the sessions in the parameter that a table without an index on them refers to: the table is read once. */
export function scannedSql(schema: string, table: string): string {
  return `select distinct r.session_id::text as session from ${qualified(schema, table)} r
    join unnest($1::uuid[]) as k (session_id) using (session_id)`;
}

/**
 * Deletes rows by their keys: those that are still old, that nothing refers to, and that nobody else has locked. A lock of
 * a row is not waited for, so that no other transaction can be part of a deadlock with this one. Parameters: the limit in
 * time, and the values of each column of the key.
 */
export function deleteSql(subject: Subject): string {
  const { schema, table, key, keyTypes, columns, isReused } = subject;
  const names = key.map((column) => name(column));
  const arrays = keyTypes.map((type, place) => `$${place + 2}::${type}[]`);
  const kept = references(subject).map((reference) => ` and not ${reference}`);
  const returned = isReused ? referring(subject) : [];
  return `with picked as materialized (
      select t.ctid from unnest(${arrays}) as k (${names}) join ${qualified(schema, table)} t using (${names})
      where t.created_at < $1::timestamptz${kept.join('')} for update of t skip locked
    ), gone as (
      delete from ${qualified(schema, table)} t using picked where t.ctid = picked.ctid
      returning ${[sizeOf(columns), ...returned.map((column) => `t.${column}`)]}
    )
    select count(*)::int as rows, coalesce(sum(size), 0)::float8 as bytes${returned.map((column) => `, array_agg(${column}::text) as ${column}`).join('')}
    from gone`;
}

/** Whether anything refers by now to what was deleted. Parameters: the values of each column of {@link referring}. */
export function reusedSql(subject: Subject): string {
  const columns = referring(subject);
  const arrays = columns.map((_, place) => `$${place + 1}::uuid[]`);
  const conditions = references(subject).join(' or ');
  return `select exists (select from unnest(${arrays}) as t (${columns}) where ${conditions}) as reused`;
}

/** Rows and bytes that are older than the limit, counted up to a number. Parameters: limit in time, number. */
export function countSql({ schema, table, columns }: Subject): string {
  return `select count(*)::int as rows, coalesce(sum(size), 0)::float8 as bytes from (
      select ${sizeOf(columns)} from ${qualified(schema, table)} t where t.created_at < $1::timestamptz limit $2
    ) counted`;
}

/** Columns that others refer to. */
export function referring({ referredBy = {} }: PurgedTable): string[] {
  const used = Object.values(referredBy).flatMap((condition) => [...condition.matchAll(/\bt\.(\w+)/g)]);
  return [...new Set(used.map(([, column = '']) => column))];
}

function references({ schema, existing, referredBy = {} }: Subject): string[] {
  return Object.entries(referredBy)
    .filter(([table]) => existing.has(table))
    .map(([table, condition]) => `exists (select from ${qualified(schema, table)} r where ${condition})`);
}

/** Bytes of the values of a row as they are stored, without indexes. */
function sizeOf(columns: readonly string[]): string {
  return `${columns.map((column) => `coalesce(pg_column_size(t.${name(column)}), 0)`).join(' + ')} as size`;
}
