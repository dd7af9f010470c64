import { startPostgres } from '@user-metrics/postgres-server';
import { CAPTURE_SECONDS, captureBaseline, connect } from '@user-metrics/umami-db/runtime';
import type { Figure } from './figure';
import { processorTime } from './processor';

const RUNS = 3;

/** Tables in the database, and statements in pg_stat_statements: a large application. */
const SIZE = { schemas: 20, tables: 100, statements: 5_000 };

/** 1 % of one processor. */
const SHARE = 0.01;

/** CPU time that the server takes for a baseline, of the window that it has by default. The window itself is not waited for. */
export async function measureBaseline(): Promise<Figure[]> {
  const server = await startPostgres({ settings: { shared_preload_libraries: 'pg_stat_statements' } });
  try {
    const { port, superuser, caCertificate: certificateAuthority } = server;
    const client = await connect({ host: 'localhost', port, database: 'postgres', certificateAuthority, ...superuser });
    await client.query(`create extension pg_stat_statements; do $$ begin
      for s in 1..${SIZE.schemas} loop
        execute format('create schema s%s', s);
        for t in 1..${SIZE.tables} loop execute format('create table s%s.t%s (id int primary key)', s, t); end loop;
      end loop; end $$`);
    for (let index = 0; index < SIZE.statements; index += 1) await client.query(`select 1 as c${index}`);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = rows[0]?.pid ?? Number.NaN;
    const values: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const before = processorTime(pid).used;
      await captureBaseline(client, { umami: { schema: 'umami', databaseRole: 'umami_user' }, wait: async () => {} });
      values.push(processorTime(pid).used - before);
    }
    await client.end();
    const what = `baseline: CPU of its ${CAPTURE_SECONDS} seconds, 2,000 tables and 5,000 statements`;
    return [{ what, unit: 'ms', limit: CAPTURE_SECONDS * 1000 * SHARE, values }];
  } finally {
    await server.stop();
  }
}
