import type { NotRead } from '../baseline';
import { type MakeSources, rate, type ServerFacts, type Source } from '../source';

/** Reads, writes and the write-ahead log of the instance, as far as the release counts them. */
export const storageSources: MakeSources = (server) => [
  since(16, server, 'pg_stat_io', () => ioSource(server)),
  since(14, server, 'pg_stat_wal', () => WAL),
  checkpointSource(server),
];

/** Aurora refuses some of these views, with an error that says so. */
function since(major: number, { versionNumber }: ServerFacts, view: string, make: () => Source): Source | NotRead {
  const found = Math.floor(versionNumber / 10_000);
  if (found >= major) return make();
  return { what: view, state: 'not applicable', reason: `It came with PostgreSQL ${major}, this server is ${found}.` };
}

function ioSource({ hasIoTiming }: ServerFacts): Source {
  return {
    what: 'pg_stat_io',
    view: 'pg_stat_io',
    group: 'io',
    sql: `select 'cluster' as of, max(stats_reset) as reset, sum(reads) as reads, sum(writes) as writes, sum(extends) as extends,
        sum(evictions) as evictions, sum(fsyncs) as fsyncs, sum(read_time) as "readTime", sum(write_time) as "writeTime"
      from pg_stat_io where object <> 'wal'`,
    figures: [
      rate('reads', 'reads of data files', '1/s', 10, 'higher'),
      rate('writes', 'writes of data files', '1/s', 10, 'higher'),
      rate('extends', 'extensions of data files', '1/s', 10),
      rate('evictions', 'blocks evicted from buffers', '1/s', 10, 'higher'),
      rate('fsyncs', 'fsyncs of data files', '1/s', 1, 'higher'),
      ...(hasIoTiming
        ? [
            rate('readTime', 'time of reads of data files', 'ms/s', 20, 'higher'),
            rate('writeTime', 'time of writes of data files', 'ms/s', 20, 'higher'),
          ]
        : []),
    ],
  };
}

const WAL: Source = {
  what: 'pg_stat_wal',
  view: 'pg_stat_wal',
  group: 'io',
  sql: `select 'cluster' as of, stats_reset as reset, wal_records as records, wal_fpi as pages, wal_bytes as bytes,
    wal_buffers_full as "full" from pg_stat_wal`,
  figures: [
    rate('records', 'WAL records', '1/s', 100),
    rate('pages', 'WAL full page images', '1/s', 10),
    rate('bytes', 'WAL', 'bytes/s', 100_000),
    rate('full', 'WAL buffers full', '1/s', 1, 'higher'),
  ],
};

/** pg_stat_checkpointer has them since PostgreSQL 17. */
function checkpointSource({ versionNumber }: ServerFacts): Source {
  const view = versionNumber >= 170_000 ? 'pg_stat_checkpointer' : 'pg_stat_bgwriter';
  const columns =
    view === 'pg_stat_checkpointer'
      ? 'num_timed as timed, num_requested as requested, buffers_written as buffers, write_time + sync_time as time'
      : 'checkpoints_timed as timed, checkpoints_req as requested, buffers_checkpoint as buffers, checkpoint_write_time + checkpoint_sync_time as time';
  return {
    what: view,
    view,
    group: 'io',
    sql: `select 'cluster' as of, stats_reset as reset, ${columns} from ${view}`,
    figures: [
      rate('timed', 'checkpoints by time', '1/s', 0.01),
      rate('requested', 'checkpoints requested', '1/s', 0.01, 'higher'),
      rate('buffers', 'buffers written by checkpoints', '1/s', 10, 'higher'),
      rate('time', 'time of checkpoints', 'ms/s', 20, 'higher'),
    ],
  };
}
