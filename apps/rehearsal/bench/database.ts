import { startPostgres } from '@user-metrics/postgres-server';
import { connect, ledgerSchema, provision } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { type Figure, time } from './figure';
import { record, transactionOfMigrations } from './recording';
import { INPUT, inOneTransaction, target } from './umami-schema';

const RUNS = 9;

const TARGET = target('postgres');

/** Provisioning an empty schema, and its migrations against the same SQL in one transaction over the same connection. */
export async function measureDatabase(): Promise<Figure[]> {
  const server = await startPostgres();
  try {
    const { port, superuser, caCertificate } = server;
    const client = await connect({
      host: 'localhost',
      port,
      database: 'postgres',
      certificateAuthority: caCertificate,
      ...superuser,
    });
    const [whole, ratios, again]: number[][] = [[], [], []];
    for (let i = 0; i < RUNS; i += 1) {
      const { seconds, migrations, statements } = await provisionOnce(client);
      again?.push(await time(() => provision(client, TARGET, INPUT)));
      await removeSchemas(client);
      const same = await replay(client, statements);
      await removeSchemas(client);
      await client.query('drop owned by umami_user; drop role umami_user');
      whole?.push(seconds);
      ratios?.push(migrations / same);
    }
    await client.end();
    return [
      { what: 'provision an empty schema', unit: 's', limit: 1, values: whole ?? [] },
      { what: 'migrations, against the same SQL in one transaction', unit: '×', limit: 2, values: ratios ?? [] },
      { what: 'provision again, nothing to do', unit: 'ms', limit: 300, values: again ?? [] },
    ];
  } finally {
    await server.stop();
  }
}

async function provisionOnce(client: Client): Promise<{ seconds: number; migrations: number; statements: string[] }> {
  let migrations = 0;
  const onStep = (step: string, milliseconds: number) => {
    if (step === 'migrations') migrations = milliseconds;
  };
  const recording = record(client);
  const milliseconds = await time(() => provision(client, TARGET, { ...INPUT, onStep }));
  return { seconds: milliseconds / 1000, migrations, statements: transactionOfMigrations(recording.stop()) };
}

async function replay(client: Client, statements: readonly string[]): Promise<number> {
  await client.query(`create schema umami; create schema ${ledgerSchema(TARGET)}`);
  await client.query(`set search_path to umami`);
  const milliseconds = await time(() => inOneTransaction(client, statements));
  await client.query('reset search_path');
  return milliseconds;
}

async function removeSchemas(client: Client): Promise<void> {
  await client.query(`drop schema umami cascade; drop schema ${ledgerSchema(TARGET)} cascade`);
}
