import { type MakeSources, rate, value } from '../source';

/** Reads and writes of the tables of Umami, and of all others of this database. */
export const tableSources: MakeSources = ({ ofSchema, isStandby }) => [
  {
    what: 'pg_stat_user_tables',
    view: 'pg_stat_database',
    group: 'rates',
    sql: `select side.of, (select stats_reset from pg_stat_database where datname = current_database()) as reset,
        coalesce(sum(seq_scan), 0) as scans,
        coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0) as read,
        coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as written
      from (values ('umami'), ('others')) as side (of)
      left join pg_stat_user_tables on ${ofSchema('schemaname')} = side.of group by side.of`,
    figures: [
      rate('scans', 'sequential scans of tables', '1/s', 1),
      rate('read', 'rows read of tables', '1/s', 1_000),
      rate('written', 'rows written to tables', '1/s', 10),
    ],
  },
  {
    what: 'sizes of tables and indexes',
    group: 'sizes',
    once: true,
    // An estimate of the last VACUUM or ANALYZE: pg_total_relation_size() would wait for a table that is locked.
    sql: `select ${ofSchema('n.nspname')} as of, coalesce(sum(c.relpages::float8), 0) * current_setting('block_size')::int as bytes
      from pg_class c left join pg_class main on main.reltoastrelid = c.oid
      join pg_namespace n on n.oid = coalesce(main.relnamespace, c.relnamespace)
      where c.relkind in ('r', 'i', 't', 'm') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' group by 1`,
    figures: [value('bytes', 'size of tables and indexes (estimate of the last VACUUM)', 'bytes', 0)],
  },
  {
    what: 'size of the database',
    group: 'sizes',
    once: true,
    sql: `select 'cluster' as of, pg_database_size(current_database()) as bytes,
      (select max(age(datfrozenxid)) from pg_database) as age`,
    figures: [
      value('bytes', 'size of the database', 'bytes', 0),
      value('age', 'age of the oldest transaction that is not frozen', 'transactions', 0, 'higher'),
    ],
  },
  isStandby
    ? {
        what: 'dead rows, last VACUUM and ANALYZE',
        state: 'not applicable',
        reason: 'The connection leads to a reader; the writer alone counts them.',
      }
    : {
        what: 'dead rows, last VACUUM and ANALYZE',
        group: 'sizes',
        once: true,
        sql: `select ${ofSchema('schemaname')} as of, sum(n_live_tup) as live, sum(n_dead_tup) as dead,
            ${hoursSince('vacuum', 'n_dead_tup > 0')} as vacuum, ${hoursSince('analyze', 'n_mod_since_analyze > 0')} as analyze
          from pg_stat_user_tables group by 1`,
        figures: [
          value('live', 'live rows', 'rows', 0),
          value('dead', 'dead rows', 'rows', 0, 'higher'),
          value('vacuum', 'oldest last VACUUM of tables with dead rows', 'hours', 0, 'higher'),
          value('analyze', 'oldest last ANALYZE of tables with changes', 'hours', 0, 'higher'),
        ],
      },
];

function hoursSince(what: 'vacuum' | 'analyze', where: string): string {
  return `extract(epoch from now() - min(greatest(last_${what}, last_auto${what})) filter (where ${where})) / 3600`;
}
