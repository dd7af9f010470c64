import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { startPostgres } from '@user-metrics/postgres-server';
import { type ConnectionOptions, connect, provision } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { type Figure, percentile } from '../figure';
import { processorTime } from '../processor';
import { INPUT, target } from '../umami-schema';
import { Application, fillApplication, LOADS, type Load } from './application';
import { CONDITIONS } from './conditions';
import { loads, type Round, round, type What } from './rounds';
import { DASHBOARD, EVENTS, fillUmami, RANGES, WEBSITE } from './umami';

/** Values of each figure: each one is of as many rounds as dashboards have ranges. */
const VALUES = 3;

/** Milliseconds of each load that are not measured. */
const WARM_UP = 1000;

/** What an application's transactions take while Umami works in the same database, and while it misbehaves, against alone. */
export async function measureLoad(): Promise<Figure[]> {
  const server = await startPostgres();
  let application: Application | undefined;
  let umami: ChildProcess | undefined;
  try {
    const { port, caCertificate, superuser } = server;
    const address = { host: 'localhost', port, database: 'postgres' };
    const trusted = { ...address, certificateAuthority: caCertificate };
    await withClient({ ...trusted, ...superuser }, fill);
    const asUmami = { ...address, user: 'umami_user', password: 'bench' };
    const dashboard = await withClient({ ...trusted, ...asUmami }, dashboardTime);
    umami = fork(join(__dirname, 'process.js'), [JSON.stringify({ ...asUmami, ssl: { ca: caCertificate } })]);
    application = await Application.start({ ...trusted, ...superuser });
    for (const load of loads()) await application.work(load, WARM_UP);
    const values: Round[][] = [];
    for (let value = 0; value < VALUES; value += 1) {
      const rounds: Round[] = [];
      for (const _ of RANGES) rounds.push(await round(application, umami));
      values.push(rounds);
    }
    return [dashboard, ...figures(values)];
  } finally {
    umami?.kill();
    await application?.end();
    await server.stop();
  }
}

async function withClient<T>(options: ConnectionOptions, use: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(options);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function fill(root: Client): Promise<void> {
  await provision(root, target('postgres'), INPUT);
  await fillApplication(root);
  await fillUmami(root);
  await root.query('vacuum analyze');
  await root.query('checkpoint');
}

async function dashboardTime(client: Client): Promise<Figure> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? Number.NaN;
  const before = processorTime(pid).used;
  for (const sql of DASHBOARD) await client.query(sql, [WEBSITE, new Date(0)]);
  const values = [((processorTime(pid).used - before) * 100_000) / EVENTS / 1000];
  return { what: 'processor time of a dashboard for 100,000 events in its range', unit: 's', limit: 1.2, values };
}

function figures(values: readonly Round[][]): Figure[] {
  const mean = (value: (round: Round) => number) =>
    values.map((rounds) => rounds.reduce((sum, each) => sum + value(each), 0) / rounds.length);
  return [
    // Beside other work an application waits anyway, and every ratio is too small.
    { what: 'used by other processes meanwhile', unit: 'processors', limit: 0.1, values: mean(({ others }) => others) },
    ...loads().flatMap((load): Figure[] => {
      const alone = mean(({ worked }) => worked[load].alone.server);
      const clients = mean(({ worked }) => worked[load].alone.clients);
      const { processors } = LOADS[load];
      const who = `application of ${load}`;
      const percentiles = (percent: number, what: What | 'alone') =>
        values.map((rounds) => percentileOf(percent, rounds, load, what));
      const p95 = percentiles(95, 'alone');
      return [
        { what: `${who}: its backends`, unit: 'processors', limit: processors, values: alone },
        { what: `${who}: its clients`, unit: 'processors', limit: processors, values: clients },
        ...[50, 95, 99].map(
          (percent): Figure => ({
            what: `${who}: p${percent} alone`,
            unit: 'ms',
            limit: 50,
            values: percentiles(percent, 'alone'),
          }),
        ),
        ...(Object.keys(CONDITIONS) as What[]).map(
          (what): Figure => ({
            what: `${who}: p95 beside ${what}`,
            unit: '×',
            limit: CONDITIONS[what].limit,
            values: percentiles(95, what).map((beside, value) => beside / (p95[value] ?? Number.NaN)),
          }),
        ),
      ];
    }),
  ];
}

function percentileOf(percent: number, rounds: readonly Round[], load: Load, what: What | 'alone'): number {
  return percentile(
    rounds.flatMap(({ worked }) => worked[load][what].transactions),
    percent,
  );
}
