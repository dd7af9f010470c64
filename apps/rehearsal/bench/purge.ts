import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { connect, DEFAULT_LIMITS, provision } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { atWork } from './at-work';
import { type Figure, percentile, time } from './figure';

const EVENTS = 1_000_000;
const SESSIONS = 200_000;
const PROPERTIES = 100_000;

/** Connections of the application, and the pause of each between two transactions in milliseconds. */
const WORKERS = 4;
const PAUSE = 5;

/** Milliseconds that the application works alone, before and after. */
const ALONE = 10_000;

/** Deletes a million old events on the command line while an application works in the same database. */
export async function measurePurge(): Promise<Figure[]> {
  const server = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'bench-purge-'));
  const clients: Client[] = [];
  const open = async (): Promise<Client> => {
    const { port, superuser, caCertificate: certificateAuthority } = server;
    const client = await connect({ host: 'localhost', port, database: 'postgres', certificateAuthority, ...superuser });
    clients.push(client);
    return client;
  };
  try {
    await fill(await open());
    const application = await Promise.all(Array.from({ length: WORKERS }, open));
    await work(application, setTimeout(ALONE / 5));
    const before = await work(application, setTimeout(ALONE));
    let done: Purged | undefined;
    const during = await work(
      application,
      purgeByCommand(server, folder).then((purged) => (done = purged)),
    );
    const after = await work(application, setTimeout(ALONE));
    const { rows = 0, milliseconds = 0, memory = 0 } = done ?? {};
    return [
      {
        what: 'purge, for 1,000 rows (50 ms are 20,000 rows/s)',
        unit: 'ms',
        limit: 50,
        values: [(1000 * milliseconds) / rows],
      },
      { what: 'purge, memory of the process', unit: 'MB', limit: 150, values: [memory] },
      {
        what: "p95 of an application's transactions during the purge, against before and after",
        unit: '×',
        limit: 1.5,
        values: [(2 * percentile(during, 95)) / (percentile(before, 95) + percentile(after, 95))],
      },
    ];
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** An Umami 3.4 with data of more than a year ago, and a table of the application. */
async function fill(client: Client): Promise<void> {
  const target = { database: 'postgres', schema: 'umami', databaseRole: 'umami_user', limits: DEFAULT_LIMITS };
  const owner = { name: 'umami-db', id: 'umami-db' };
  await provision(client, { ...target, owner }, { password: 'bench', canSignIn: async () => true });
  const website = `md5('website' || n % 3)::uuid`;
  const at = `now() - interval '400 days' - n * interval '1 second'`;
  await client.query(`
    insert into umami.session (session_id, website_id, browser, country, created_at)
    select md5('session' || n)::uuid, ${website}, 'chrome', 'DE', ${at} from generate_series(0, ${SESSIONS} - 1) n`);
  await client.query(`
    insert into umami.website_event (event_id, website_id, session_id, visit_id, url_path, page_title, created_at)
    select md5('event' || n)::uuid, ${website}, md5('session' || n % ${SESSIONS})::uuid, md5('visit' || n)::uuid,
      '/page/' || n % 100, 'Page ' || n % 100, ${at} from generate_series(1, ${EVENTS}) n`);
  await client.query(`
    insert into umami.event_data (event_data_id, website_id, website_event_id, data_key, string_value, data_type, created_at)
    select gen_random_uuid(), ${website}, md5('event' || n)::uuid, 'plan', 'pro', 1, ${at}
    from generate_series(1, ${PROPERTIES}) n`);
  await client.query(
    'create table orders (id bigint generated always as identity primary key, total int, paid boolean)',
  );
  await client.query('insert into orders (total) select n from generate_series(1, 10000) n');
  await client.query('vacuum analyze');
}

function work(clients: readonly Client[], until: Promise<unknown>): Promise<number[]> {
  return atWork(clients, until, { transaction, pause: PAUSE });
}

async function transaction(client: Client): Promise<void> {
  await client.query('begin');
  const { rows } = await client.query('insert into orders (total) values (1) returning id');
  await client.query('update orders set paid = true where id = $1', [rows[0].id]);
  await client.query('select sum(total) from orders where id > $1', [rows[0].id - 100]);
  await client.query('commit');
}

interface Purged {
  readonly rows: number;
  readonly milliseconds: number;
  /** Megabytes of the process, at most. */
  readonly memory: number;
}

async function purgeByCommand({ port, caCertificate }: PostgresServer, folder: string): Promise<Purged> {
  const secret = {
    host: 'localhost',
    port,
    username: 'umami_user',
    password: 'bench',
    dbname: 'postgres',
    schema: 'umami',
  };
  const [secretFile, ca] = [join(folder, 'secret.json'), join(folder, 'ca.pem')];
  writeFileSync(secretFile, JSON.stringify(secret));
  writeFileSync(ca, caCertificate);
  const bin = join(
    dirname(createRequire(__filename).resolve('@user-metrics/umami-db/package.json')),
    'bin',
    'umami-db.js',
  );
  const script = `process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS));
    process.argv.splice(1, 0, ${JSON.stringify(bin)});
    require(${JSON.stringify(bin)});`;
  const args = [
    'purge',
    '--secret-file',
    secretFile,
    '--ca',
    ca,
    '--older-than',
    '13mo',
    '--confirm',
    'postgres',
    '--json',
  ];
  let output = { stdout: '', stderr: '' };
  const milliseconds = await time(async () => {
    output = await promisify(execFile)(process.execPath, ['-e', script, ...args]);
  });
  const { tables } = JSON.parse(output.stdout) as { tables: { rows: number }[] };
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { rows, milliseconds, memory: Number(output.stderr.trim().split('\n').at(-1)) / 1000 };
}
