import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startPostgres } from '@user-metrics/postgres-server';
import { connect, provision } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { type Figure, percentile } from '../figure';
import { INPUT, target } from '../umami-schema';
import { fillApplication, transactions, WORKERS } from './application';
import { LIMITS, MISBEHAVIOURS } from './misbehaviour';
import type { Order } from './process';
import { fillUmami } from './umami';

/** Rounds of each measurement, and milliseconds that each half of one lasts. */
const ROUNDS = 11;
const HALF = 2000;

/** Milliseconds for what has ended to be gone. */
const SETTLE = 100;

const PERCENTILES = [50, 95, 99] as const;

/** What an application's transactions take while Umami works in the same database, and while it misbehaves, against without. */
export async function measureLoad(): Promise<Figure[]> {
  const server = await startPostgres();
  const clients: Client[] = [];
  let umami: ChildProcess | undefined;
  try {
    const { port, caCertificate, superuser } = server;
    const address = { host: 'localhost', port, database: 'postgres' };
    const open = async () => {
      const client = await connect({ ...address, certificateAuthority: caCertificate, ...superuser });
      clients.push(client);
      return client;
    };
    await fill(await open());
    const application = await Promise.all(Array.from({ length: WORKERS }, open));
    const asUmami = { ...address, user: 'umami_user', password: 'bench', ssl: { ca: caCertificate } };
    umami = fork(join(__dirname, 'process.js'), [JSON.stringify(asUmami)]);
    await transactions(application, setTimeout(HALF));
    return await measure(application, umami);
  } finally {
    umami?.kill();
    await Promise.all(clients.map((client) => client.end()));
    await server.stop();
  }
}

async function fill(root: Client): Promise<void> {
  await provision(root, target('postgres'), INPUT);
  await fillApplication(root);
  await fillUmami(root);
  await root.query('vacuum analyze');
  await root.query('checkpoint');
}

async function measure(application: readonly Client[], umami: ChildProcess): Promise<Figure[]> {
  const traffic = await interleaved(application, umami, 'traffic');
  const figures: Figure[] = PERCENTILES.flatMap((of) => [
    {
      what: `p${of} of an application's transactions without Umami`,
      unit: 'ms',
      limit: 50,
      values: traffic.map(({ without }) => percentile(without, of)),
    },
    { what: `p${of} beside Umami's traffic, against without`, unit: '×', limit: 1.2, values: traffic.map(ratioOf(of)) },
  ]);
  for (const what of Object.keys(MISBEHAVIOURS) as (keyof typeof MISBEHAVIOURS)[]) {
    const values = (await interleaved(application, umami, what)).map(ratioOf(95));
    figures.push({ what: `p95 beside ${what}, against without`, unit: '×', limit: LIMITS[what], values });
  }
  return figures;
}

interface Round {
  readonly without: readonly number[];
  readonly beside: readonly number[];
}

/** The application alone and beside something, in turn: what else the machine does meets both. */
async function interleaved(
  application: readonly Client[],
  umami: ChildProcess,
  what: 'traffic' | keyof typeof MISBEHAVIOURS,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const without = await transactions(application, setTimeout(HALF));
    await tell(umami, { begin: what });
    const beside = await transactions(application, setTimeout(HALF));
    const { failed = 0 } = await tell(umami, 'end');
    if (failed > 0) throw new Error(`${failed} requests of Umami failed.`);
    await setTimeout(SETTLE);
    rounds.push({ without, beside });
  }
  return rounds;
}

async function tell(umami: ChildProcess, order: Order): Promise<{ readonly failed?: number }> {
  const answer = once(umami, 'message');
  umami.send(order);
  return (await answer)[0];
}

const ratioOf =
  (of: number) =>
  ({ without, beside }: Round) =>
    percentile(beside, of) / percentile(without, of);
