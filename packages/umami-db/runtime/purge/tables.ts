/** Groups of tables that grow with traffic, in the order in which they are purged: what refers to others comes first. */
export const RETENTION_GROUPS = ['replays', 'events', 'sessions'] as const;

/** Tables that grow with traffic: recordings and heatmaps; events; sessions. */
export type RetentionGroup = (typeof RETENTION_GROUPS)[number];

export interface PurgedTable {
  readonly table: string;
  /**
   * Index that leads to the old rows: on `created_at`, on `website_id` and `created_at`, or, where no index has
   * `created_at`, the primary key.
   */
  readonly index: 'created_at' | 'website' | 'key';
  /** What keeps a row: a row `r` of another table, by its name, that refers to row `t` of this one. An index serves each. */
  readonly referredBy?: { readonly [table: string]: string };
  /** Whether Umami may begin to refer to an old row while it is being deleted. @default false */
  readonly isReused?: boolean;
  /** Tables with a column `session_id` and no index on it, which refer to this one too. */
  readonly scanned?: readonly string[];
}

const SAVED: PurgedTable = { table: 'session_replay_saved', index: 'website' };

const SESSION = 'r.session_id = t.session_id';
const WEBSITE = 'r.website_id = t.website_id';

const TABLES: { readonly [group in RetentionGroup]: readonly PurgedTable[] } = {
  replays: [
    {
      table: 'session_replay',
      index: 'website',
      referredBy: { session_replay_saved: `${WEBSITE} and r.visit_id = t.visit_id` },
      isReused: true,
    },
    { table: 'heatmap_event', index: 'website' },
  ],
  events: [
    { table: 'event_data', index: 'created_at' },
    { table: 'revenue', index: 'website' },
    {
      table: 'website_event',
      index: 'created_at',
      referredBy: {
        event_data: 'r.website_event_id = t.event_id',
        // No index begins with its event_id.
        revenue: `${WEBSITE} and ${SESSION} and r.event_id = t.event_id`,
      },
    },
  ],
  sessions: [
    { table: 'session_data', index: 'created_at' },
    { table: 'session_link', index: 'key' },
    {
      table: 'session',
      index: 'created_at',
      referredBy: {
        website_event: SESSION,
        revenue: SESSION,
        session_data: SESSION,
        session_link: `${WEBSITE} and ${SESSION}`,
        session_replay: SESSION,
      },
      isReused: true,
      scanned: ['heatmap_event'],
    },
  ],
};

/** Tables of every release since 2.0. */
export const FIRST_TABLES: readonly string[] = ['website_event', 'event_data', 'session'];

/** Tables of a group, those that refer to others first. */
export function tablesOf(group: RetentionGroup, savedReplays: boolean): readonly PurgedTable[] {
  return group === 'replays' && savedReplays ? [SAVED, ...TABLES.replays] : TABLES[group];
}
