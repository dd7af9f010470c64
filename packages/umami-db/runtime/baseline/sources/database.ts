import { type MakeSources, rate } from '../source';

/** What all databases of the instance do. */
export const databaseSources: MakeSources = ({ hasIoTiming }) => [
  {
    what: 'pg_stat_database',
    view: 'pg_stat_database',
    group: 'rates',
    sql: `select 'cluster' as of,
        (select stats_reset from pg_stat_database where datname = current_database()) as reset,
        sum(xact_commit) as commits, sum(xact_rollback) as rollbacks, sum(tup_returned) as returned,
        sum(tup_fetched) as fetched, sum(tup_inserted + tup_updated + tup_deleted) as written, sum(blks_read) as read,
        sum(blks_hit) as hit, sum(blks_hit + blks_read) as blocks, sum(temp_bytes) as temporary, sum(deadlocks) as deadlocks,
        sum(sessions) as sessions, sum(active_time) as active, sum(idle_in_transaction_time) as idle,
        sum(blk_read_time + blk_write_time) as io
      from pg_stat_database`,
    figures: [
      rate('commits', 'commits', '1/s', 5),
      rate('rollbacks', 'rollbacks', '1/s', 1, 'higher'),
      rate('returned', 'rows scanned', '1/s', 1_000),
      rate('fetched', 'rows fetched by indexes', '1/s', 1_000),
      rate('written', 'rows inserted, updated and deleted', '1/s', 10),
      rate('read', 'blocks read', '1/s', 10, 'higher'),
      rate('hit', 'blocks found in shared buffers', '1/s', 1_000),
      {
        column: 'read',
        name: 'blocks not found in shared buffers',
        unit: '%',
        worse: 'higher',
        relevant: 1,
        as: { per: 'blocks' },
        times: 100,
      },
      rate('temporary', 'temporary files', 'bytes/s', 100_000, 'higher'),
      rate('deadlocks', 'deadlocks', '1/s', 0.01, 'higher'),
      rate('sessions', 'new sessions', '1/s', 1),
      rate('active', 'time in statements', 'ms/s', 20, 'higher'),
      rate('idle', 'time idle in a transaction', 'ms/s', 20, 'higher'),
      ...(hasIoTiming ? [rate('io', 'time of reads and writes', 'ms/s', 20, 'higher')] : []),
    ],
  },
  ...(hasIoTiming ? [] : [IO_TIMING_OFF]),
];

const IO_TIMING_OFF = {
  what: 'time of reads and writes',
  state: 'not applicable',
  reason: 'track_io_timing is off.',
  fix: 'set track_io_timing = on in the DB cluster parameter group; it needs no restart',
} as const;
