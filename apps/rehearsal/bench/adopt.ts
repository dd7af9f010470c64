import { startPostgres } from '@user-metrics/postgres-server';
import { connect, DEFAULT_LIMITS, provision, type Target } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { type Figure, time } from './figure';
import { record, transactionOfMigrations } from './recording';

const EVENTS = 1_000_000;
const MEGABYTE = 1024 * 1024;

/** Adopting an Umami 2.10 with a million events, against the same SQL in one transaction on a copy of the database. */
export async function measureAdoption(): Promise<Figure[]> {
  const server = await startPostgres();
  const { port, superuser, authority } = server;
  const open = (database: string) =>
    connect({ host: 'localhost', port, database, certificateAuthority: authority, ...superuser });
  const target = (database: string): Target => ({
    database,
    schema: 'umami',
    databaseRole: 'umami_user',
    owner: { name: 'bench', id: 'bench' },
    limits: DEFAULT_LIMITS,
  });
  const input = { password: 'bench', canSignIn: async () => true };
  try {
    const administrator = await open('postgres');
    await administrator.query('create database adopted');
    const adopted = await open('adopted');
    await provision(adopted, { ...target('adopted'), umamiVersion: '2.10' }, input);
    await adopted.query(`drop schema umami_migrations cascade; comment on schema umami is null;
      insert into umami.website_event (event_id, website_id, session_id, url_path, created_at)
      select gen_random_uuid(), gen_random_uuid(), md5((n / 5)::text)::uuid, '/', now() - n * interval '1 second'
      from generate_series(1, ${EVENTS}) n`);
    await adopted.query('vacuum analyze');
    await adopted.end();
    await administrator.query('create database replayed template adopted');
    const client = await open('adopted');
    const recording = record(client);
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const adoption = await time(() => provision(client, { ...target('adopted'), adopt: true }, input));
    clearInterval(watch);
    const statements = transactionOfMigrations(recording.stop());
    await client.end();
    const copy = await open('replayed');
    await copy.query('create schema umami_migrations');
    const plain = await time(() => inOneTransaction(copy, statements));
    await copy.end();
    await administrator.end();
    return [
      { what: 'adopt with 1,000,000 events, against the plain SQL', unit: '×', limit: 1.2, values: [adoption / plain] },
      { what: 'adopt with 1,000,000 events', unit: 's', limit: 120, values: [adoption / 1000] },
      { what: 'memory of the process while adopting', unit: 'MB', limit: 128, values: [peak / MEGABYTE] },
    ];
  } finally {
    await server.stop();
  }
}

async function inOneTransaction(client: Client, statements: readonly string[]): Promise<void> {
  await client.query('begin');
  for (const statement of statements) await client.query(statement);
  await client.query('commit');
}
