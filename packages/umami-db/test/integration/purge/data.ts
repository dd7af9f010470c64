import type { Application } from '../application';
import { id, type Row } from '../umami-schema';

/** The clock that ages are counted from; a month before it is shorter than its day. */
export const NOW = '2026-03-31T12:00:00Z';

/** The limit that is a month before {@link NOW}, and the moment before it. */
export const LIMIT = '2026-02-28T12:00:00Z';
export const OLD = '2026-02-28T11:59:59.999999Z';

export const SHOP = id(1);
export const BLOG = id(2);

/** Inserts rows; what a column needs and a row leaves out is the least that Umami writes. */
export async function insert({ query }: Application, table: string, ...rows: readonly Row[]): Promise<void> {
  const all = rows.map((row) => ({ website_id: SHOP, ...DEFAULTS[table], ...row }));
  await query(`insert into umami."${table}" select * from jsonb_populate_recordset(null::umami."${table}", $1)`, [
    JSON.stringify(all),
  ]);
}

const DEFAULTS: Readonly<Record<string, Row>> = {
  website_event: { visit_id: id(0), url_path: '/', event_type: 1 },
  event_data: { data_key: 'plan', data_type: 1 },
  revenue: { event_name: 'bought', currency: 'EUR' },
  session_data: { data_key: 'plan', data_type: 1 },
  session_replay: { chunk_index: 0, events: '\\x00', event_count: 1, started_at: NOW, ended_at: NOW },
  session_replay_saved: { name: 'saved' },
  heatmap_event: { visit_id: id(0), url_path: '/', event_type: 1 },
};

/** The last digits of the ids of the rows that are left in a table. */
export async function left({ query }: Application, table: string, key: string): Promise<number[]> {
  const rows = await query<{ id: string }>(`select ${key}::text as id from umami."${table}" order by 1`);
  return rows.map((row) => Number(row.id.slice(-12)));
}

/** Old events of one website, each of a session of its own, a second apart. */
export async function insertOldEvents({ query }: Application, count: number, at = OLD): Promise<void> {
  await query(`
    insert into umami.session (session_id, website_id, created_at)
    select md5('session ' || n)::uuid, '${SHOP}', timestamptz '${at}' - n * interval '1 second' from generate_series(1, ${count}) n`);
  await query(`
    insert into umami.website_event (event_id, website_id, session_id, visit_id, url_path, created_at)
    select md5('event ' || n)::uuid, '${SHOP}', md5('session ' || n)::uuid, md5('visit ' || n)::uuid, '/',
      timestamptz '${at}' - n * interval '1 second' from generate_series(1, ${count}) n`);
}
