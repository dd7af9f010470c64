import { startPostgres } from '@user-metrics/postgres-server';
import { connect, provision, ROW_LIMIT } from '@user-metrics/umami-db/runtime';
import { type Figure, time } from './figure';
import { record, transactionOfMigrations } from './recording';
import { insertTraffic, type Rows } from './umami-data';
import { INPUT, inOneTransaction, target } from './umami-schema';

const MEGABYTE = 1024 * 1024;

/** Longest that CloudFormation waits for the function, in seconds. */
const SERVICE_TIMEOUT = 300;

/** Adopting an Umami 2.10 with a million events, and one that is as large as the function takes on. */
export async function measureAdoption(): Promise<Figure[]> {
  const million = await adopt({ events: 1_000_000, sessions: 200_000, properties: 100_000 });
  const limit = await adopt({ events: ROW_LIMIT, sessions: ROW_LIMIT, properties: ROW_LIMIT });
  return [
    {
      what: 'adopt with 1,000,000 events, against the plain SQL',
      unit: '×',
      limit: 1.2,
      values: [million.adoption / million.plain],
    },
    {
      what: `adopt with ${ROW_LIMIT.toLocaleString('en')} rows in each large table, the most that the function takes on`,
      unit: 's',
      limit: SERVICE_TIMEOUT / 4,
      values: [limit.adoption / 1000],
    },
    {
      what: 'memory of the process while adopting',
      unit: 'MB',
      limit: 128,
      values: [Math.max(million.memory, limit.memory) / MEGABYTE],
    },
  ];
}

interface Adoption {
  /** Milliseconds that `provision` took. */
  readonly adoption: number;
  /** Milliseconds that its statements took, in one transaction on a copy of the database. */
  readonly plain: number;
  /** Bytes of the process, at most. */
  readonly memory: number;
}

async function adopt(rows: Rows): Promise<Adoption> {
  const server = await startPostgres();
  const { port, superuser, caCertificate } = server;
  const open = (database: string) =>
    connect({ host: 'localhost', port, database, certificateAuthority: caCertificate, ...superuser });
  try {
    const administrator = await open('postgres');
    await administrator.query('create database adopted');
    const adopted = await open('adopted');
    await provision(adopted, { ...target('adopted'), umamiVersion: '2.10' }, INPUT);
    await adopted.query('drop schema umami_migrations cascade; comment on schema umami is null');
    await insertTraffic(adopted, rows);
    await adopted.end();
    await administrator.query('create database replayed template adopted');
    await administrator.end();
    const client = await open('adopted');
    const recording = record(client);
    const memory = watchMemory();
    const adoption = await time(() => provision(client, { ...target('adopted'), adopt: true }, INPUT));
    const peak = memory.stop();
    const statements = transactionOfMigrations(recording.stop());
    await client.end();
    const copy = await open('replayed');
    await copy.query('create schema umami_migrations');
    const plain = await time(() => inOneTransaction(copy, statements));
    await copy.end();
    return { adoption, plain, memory: peak };
  } finally {
    await server.stop();
  }
}

function watchMemory(): { stop(): number } {
  let peak = process.memoryUsage().rss;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
