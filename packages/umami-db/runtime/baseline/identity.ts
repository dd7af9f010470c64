import type { ClientBase } from 'pg';
import { literal } from '../sql/identifiers';
import { ledgerSchema, secondDatabaseRole } from '../target/names';
import type { Target } from '../target/target';
import type { BaselineIdentity } from './baseline';
import type { ServerFacts } from './source';

/** Parameters that change the figures by themselves. */
const PARAMETERS = [
  'autovacuum',
  'autovacuum_max_workers',
  'autovacuum_naptime',
  'autovacuum_vacuum_cost_delay',
  'autovacuum_vacuum_cost_limit',
  'checkpoint_timeout',
  'default_statistics_target',
  'effective_cache_size',
  'effective_io_concurrency',
  'jit',
  'maintenance_work_mem',
  'max_connections',
  'max_parallel_workers',
  'max_parallel_workers_per_gather',
  'max_wal_size',
  'max_worker_processes',
  'random_page_cost',
  'shared_buffers',
  'shared_preload_libraries',
  'synchronous_commit',
  'track_io_timing',
  'work_mem',
];

type KnownIdentity = Omit<BaselineIdentity, 'statsReset' | 'seconds' | 'instanceClass'>;

export async function readIdentity(
  client: ClientBase,
  umami: Pick<Target, 'schema' | 'databaseRole' | 'otherDatabaseRole'>,
): Promise<{ readonly identity: KnownIdentity; readonly server: ServerFacts }> {
  const { databaseRole, otherDatabaseRole = secondDatabaseRole(databaseRole) } = umami;
  const list = (names: readonly string[]) => `array[${names.map(literal).join(', ')}]::name[]`;
  const [schemas, roles] = [list([umami.schema, ledgerSchema(umami)]), list([databaseRole, otherDatabaseRole])];
  const { rows } = await client.query<Found>(`
    select current_database() as database, split_part(current_setting('server_version'), ' ', 1) as server,
      current_setting('server_version_num')::int as "versionNumber", pg_is_in_recovery() as "isStandby",
      pg_postmaster_start_time() as "startedAt", clock_timestamp() as "capturedAt", current_user as "user",
      exists (select from pg_namespace where nspname = any (${schemas}))
        or exists (select from pg_roles where rolname = any (${roles})) as "hasUmami",
      current_setting('track_io_timing') = 'on' as "hasIoTiming",
      pg_has_role('pg_read_all_stats', 'usage') as "seesAllSessions",
      (select quote_ident(nspname) from pg_extension join pg_namespace n on n.oid = extnamespace
        where extname = 'pg_stat_statements') as "statementsSchema",
      to_regproc('aurora_version') is not null as "isAurora",
      (select jsonb_object_agg(name, concat_ws(' ', reset_val, unit)) from pg_settings
        where name = any (${list(PARAMETERS)})) as parameters`);
  const [found] = rows;
  if (!found) throw new Error('PostgreSQL tells nothing of itself.');
  const { versionNumber, hasIoTiming, seesAllSessions, user, statementsSchema, isAurora, ...known } = found;
  return {
    identity: {
      ...known,
      aurora: isAurora ? await auroraVersion(client) : null,
      startedAt: known.startedAt.toISOString(),
      capturedAt: known.capturedAt.toISOString(),
    },
    server: {
      versionNumber,
      isStandby: known.isStandby,
      hasIoTiming,
      seesAllSessions,
      user,
      statementsSchema,
      ofSchema: (schema) => `case when ${schema} = any (${schemas}) then 'umami' else 'others' end`,
      ofRole: (role) => `case when ${role} = any (${roles}) then 'umami' else 'others' end`,
    },
  };
}

interface Found
  extends Pick<BaselineIdentity, 'database' | 'server' | 'isStandby' | 'hasUmami' | 'parameters'>,
    Pick<ServerFacts, 'versionNumber' | 'hasIoTiming' | 'seesAllSessions' | 'user' | 'statementsSchema'> {
  readonly startedAt: Date;
  readonly capturedAt: Date;
  readonly isAurora: boolean;
}

async function auroraVersion(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ version: string }>('select aurora_version() as version');
  return rows[0]?.version ?? 'unknown';
}

/** The clock of the server, ISO 8601. */
export async function serverClock(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ clock: Date }>('select clock_timestamp() as clock');
  return (rows[0]?.clock ?? new Date(Number.NaN)).toISOString();
}
