import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { connect, provision } from '@user-metrics/umami-db/runtime';
import { type Figure, median, time } from './figure';
import { record, transactionOfMigrations } from './recording';
import { INPUT, inOneTransaction, target } from './umami-schema';

const RUNS = 3;

const ROWS = 1_000_000;

/** A key of every session; each tenth row is an older one of the same key. */
const FILL = `
  insert into umami.session_data (session_data_id, website_id, session_id, data_key, string_value, data_type, created_at)
  select gen_random_uuid(), md5('website')::uuid, md5((n - n / 10)::text)::uuid, 'plan', 'pro', 1, now() - n * interval '1 second'
  from generate_series(1, ${ROWS}) n`;

const DELETES_DUPLICATES = '23_update_session_data';

/** The statements of that migration without the lock before them. */
const IS_PLAIN = /^\s*(delete from session_data|create unique index "session_data_)/i;

/** From Umami 3.1 to 3.4 with a million rows of session data, against the same statements on a copy of the database. */
export async function measureUpgrade(): Promise<Figure[]> {
  const server = await startPostgres();
  try {
    const administrator = await open(server, 'postgres');
    const copy = (database: string, of: string) => administrator.query(`create database ${database} template ${of}`);
    await administrator.query('create database umami');
    const client = await open(server, 'umami');
    await provision(client, { ...target('umami'), umamiVersion: '3.1' }, INPUT);
    await client.query(FILL);
    await client.query('vacuum analyze');
    await client.end();
    await copy('filled', 'umami');
    const runs: Upgrade[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      // The database role is for the schema of database umami, and for no other one.
      await administrator.query('drop database umami');
      await copy('umami', 'filled');
      await copy('replayed', 'filled');
      runs.push(await upgradeOnce(server));
      await administrator.query('drop database replayed');
    }
    await administrator.end();
    const per = (value: (run: Upgrade) => number) => runs.map(value);
    const what = `${ROWS.toLocaleString('en')} rows of session data, 10 % of them duplicates`;
    return [
      {
        what: `migrations from 3.1 to 3.4 with ${what}, against the same SQL in one transaction`,
        unit: '×',
        limit: 2,
        values: per(({ migrations, same }) => migrations / same),
      },
      {
        what: `${DELETES_DUPLICATES} there, against the plain SQL`,
        unit: '×',
        limit: 1.3,
        values: per(({ deletion, plain }) => deletion / plain),
      },
      // An eighth of that on two idle cores: `upgrade-plan` estimates 2.6 s.
      {
        what: `${DELETES_DUPLICATES} there`,
        unit: 's',
        limit: 20,
        values: [median(per(({ deletion }) => deletion)) / 1000],
      },
    ];
  } finally {
    await server.stop();
  }
}

/** In milliseconds. */
interface Upgrade {
  readonly migrations: number;
  readonly same: number;
  readonly deletion: number;
  readonly plain: number;
}

async function upgradeOnce(server: PostgresServer): Promise<Upgrade> {
  const client = await open(server, 'umami');
  const began = new Map<string, number>();
  let migrations = 0;
  const recording = record(client);
  await provision(client, target('umami'), {
    ...INPUT,
    onStep: (step, milliseconds) => {
      if (step === 'migrations') migrations = milliseconds;
    },
    onMigration: (migration) => began.set(migration, began.get(migration) ?? performance.now()),
  });
  const statements = transactionOfMigrations(recording.stop());
  await client.end();
  const deletion = (began.get('24_lowercase_username') ?? Number.NaN) - (began.get(DELETES_DUPLICATES) ?? Number.NaN);
  const copy = await open(server, 'replayed');
  let plain = 0;
  const same = await time(() =>
    inOneTransaction(copy, statements, async (sql) => {
      const milliseconds = await time(() => copy.query(sql));
      if (IS_PLAIN.test(sql)) plain += milliseconds;
    }),
  );
  await copy.end();
  return { migrations, same, deletion, plain };
}

function open({ port, superuser, caCertificate }: PostgresServer, database: string) {
  return connect({ host: 'localhost', port, database, certificateAuthority: caCertificate, ...superuser });
}
