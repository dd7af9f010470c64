import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ConnectionOptions } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { processorTime } from '../processor';

/** Connections of the application. */
const CONNECTIONS = 4;

/**
 * Applications, by the processor that they use in the server when nothing else is there. Milliseconds between two
 * transactions of a connection, and the processors that they use at most where these words hold.
 */
export const LOADS = {
  'a tenth of a processor': { pause: 20, processors: 0.15 },
  'a quarter of a processor': { pause: 5, processors: 0.35 },
} as const;

export type Load = keyof typeof LOADS;

/** Orders of before. */
const ORDERS = 100_000;

export async function fillApplication(client: Client): Promise<void> {
  await client.query(`
    create schema shop;
    create table shop.orders (id bigint generated always as identity primary key, customer int, total int, paid boolean);
    create index on shop.orders (customer);
    insert into shop.orders (customer, total) select n % 1000, n % 97 from generate_series(1, ${ORDERS}) n`);
}

/** What one connection is told. */
export interface Order {
  readonly pause: number;
  readonly milliseconds: number;
}

/** What the application did. */
export interface Worked {
  /** The milliseconds of each transaction, without the time in which its client waited for a processor. */
  readonly transactions: readonly number[];
  /** Processors that its clients, and its backends in the server, used. */
  readonly clients: number;
  readonly server: number;
}

/** Each connection has a thread: what that thread waits is what its transaction waits. */
export class Application {
  static async start(connection: ConnectionOptions): Promise<Application> {
    const threads = Array.from({ length: CONNECTIONS }, async () => {
      const thread = new Worker(join(__dirname, 'connection.js'), { workerData: connection });
      return { thread, backend: (await once(thread, 'message'))[0] as number };
    });
    return new Application(await Promise.all(threads));
  }

  private constructor(private readonly connections: readonly { thread: Worker; backend: number }[]) {}

  async work(load: Load, milliseconds: number): Promise<Worked> {
    const before = this.used();
    const start = performance.now();
    const taken = this.connections.map(async ({ thread }) => {
      const answer = once(thread, 'message');
      thread.postMessage({ pause: LOADS[load].pause, milliseconds } satisfies Order);
      return (await answer)[0] as number[];
    });
    const transactions = (await Promise.all(taken)).flat();
    const passed = performance.now() - start;
    const after = this.used();
    return {
      transactions,
      clients: (after.clients - before.clients) / passed,
      server: (after.server - before.server) / passed,
    };
  }

  async end(): Promise<void> {
    await Promise.all(this.connections.map(({ thread }) => thread.terminate()));
  }

  private used(): { clients: number; server: number } {
    const { user, system } = process.cpuUsage();
    const backends = this.connections.map(({ backend }) => processorTime(backend).used);
    return { clients: (user + system) / 1000, server: backends.reduce((sum, used) => sum + used, 0) };
  }
}
