/** A table lock, as PostgreSQL names it. */
export type LockMode = 'SHARE' | 'ROW EXCLUSIVE' | 'SHARE ROW EXCLUSIVE' | 'ACCESS EXCLUSIVE';

/** What happens to rows that are there: `rewrites` makes a new file of the table, `drops` removes it. */
export type RowChange = 'updates' | 'deletes' | 'rewrites' | 'drops';

/** What a migration does to tables that exist before it. */
export interface Effect {
  /** The strongest lock on each. */
  readonly locks: Readonly<Record<string, LockMode>>;
  /** @default - no row changes */
  readonly rows?: Readonly<Record<string, RowChange>>;
  /**
   * Seconds for 1,000,000 rows of a table: those of 22 and 23 measured on 2 cores with PostgreSQL 15 and by
   * `npx projen bench --only upgrade`, the earlier ones estimated from a run on a busy machine. @default - none
   */
  readonly seconds?: Readonly<Record<string, number>>;
}

const EXCLUSIVE = 'ACCESS EXCLUSIVE';

export function exclusive(...tables: readonly string[]): Record<string, LockMode> {
  return Object.fromEntries(tables.map((table) => [table, EXCLUSIVE]));
}

/** By migration. A test compares it with the locks that PostgreSQL shows within the transaction of each one. */
export const EFFECTS: Readonly<Record<string, Effect>> = {
  '01_init': { locks: {} },
  '02_report_schema_session_data': {
    locks: exclusive('event_data'),
    rows: { event_data: 'updates' },
    seconds: { event_data: 10 },
  },
  '03_metric_performance_index': {
    locks: { event_data: 'SHARE', session: 'SHARE', website_event: 'SHARE' },
    seconds: { event_data: 2, session: 10, website_event: 5 },
  },
  '04_team_redesign': {
    locks: exclusive('team', 'team_website', 'user', 'website'),
    rows: { team_website: 'drops', website: 'updates' },
  },
  '05_add_visit_id': {
    locks: exclusive('website_event'),
    rows: { website_event: 'updates' },
    seconds: { website_event: 120 },
  },
  '06_session_data': {
    locks: exclusive('event_data', 'session_data'),
    seconds: { event_data: 0.5, session_data: 1.5 },
  },
  '07_add_tag': { locks: exclusive('website_event'), seconds: { website_event: 1.5 } },
  '08_add_utm_clid': { locks: exclusive('website_event') },
  '09_update_hostname_region': {
    locks: exclusive('session', 'website_event'),
    rows: { website_event: 'updates' },
    seconds: { session: 1, website_event: 50 },
  },
  '10_add_distinct_id': { locks: exclusive('session', 'session_data') },
  '11_add_segment': { locks: {} },
  '12_update_report_parameter': { locks: exclusive('report'), rows: { report: 'rewrites' } },
  '13_add_revenue': { locks: {} },
  '14_add_link_and_pixel': {
    locks: exclusive('report', 'revenue', 'segment'),
    rows: { report: 'rewrites', revenue: 'rewrites', segment: 'rewrites' },
  },
  '15_add_share': { locks: exclusive('website') },
  '16_boards': { locks: {} },
  '17_remove_duplicate_key': {
    locks: exclusive(
      ...['link', 'pixel', 'report', 'revenue', 'segment', 'session', 'team', 'team_user', 'user', 'website'],
    ),
  },
  '18_add_performance': { locks: exclusive('website_event') },
  '19_add_session_replay': { locks: exclusive('board', 'website') },
  '20_add_heatmap': { locks: exclusive('website'), rows: { website: 'updates' } },
  '21_add_session_link': { locks: {} },
  '22_add_2fa': {
    locks: { ...exclusive('team', 'user'), session_replay: 'SHARE' },
    seconds: { session_replay: 0.35 },
  },
  '23_update_session_data': {
    locks: { session_data: 'SHARE ROW EXCLUSIVE' },
    rows: { session_data: 'deletes' },
    seconds: { session_data: 2.6 },
  },
  '24_lowercase_username': { locks: { user: 'ROW EXCLUSIVE' }, rows: { user: 'updates' } },
  '25_add_annotation': { locks: {} },
  '26_add_api_key': { locks: { user: 'SHARE ROW EXCLUSIVE' } },
};

/** Seconds for 1,000,000 rows from which on a table takes a migration longer than a function may wait for. */
const LONG = 0.5;

/** Tables that grow with traffic, and that a migration rewrites, updates or indexes. */
export function largeTables(migration: string): string[] {
  const { seconds = {} }: Partial<Effect> = EFFECTS[migration] ?? {};
  return Object.keys(seconds).filter((table) => Number(seconds[table]) >= LONG);
}

/**
 * Migrations that a schema may have while the container of a release goes on working, by the number that the release has
 * itself: tried with Umami's own clients. Releases with fewer than 19 were not tried.
 */
const WORKS_UP_TO: Readonly<Record<number, number>> = { 19: 19, 20: 26, 23: 26, 24: 26, 26: 26 };

/** What a release works up to when the schema has the temporary column that replaces what 20 renames. */
const WORKS_BRIDGED_UP_TO: Readonly<Record<number, number>> = { ...WORKS_UP_TO, 19: 26 };

/** Whether a container of the release with so many migrations works while, and after, the schema gets more of them. */
export function worksMeanwhile(from: number, to: number, bridge = false): 'yes' | 'no' | 'not tried' {
  const limit = (bridge ? WORKS_BRIDGED_UP_TO : WORKS_UP_TO)[from];
  if (limit === undefined || to > Object.keys(EFFECTS).length) return 'not tried';
  return to <= limit ? 'yes' : 'no';
}
