import type { Client } from 'pg';
import type { Application } from './application';

/** Connections at work at once. */
const WORKERS = 4;

/** Milliseconds of each connection between two transactions: an application that never waits would take both processors. */
const PAUSE = 200;

/** What the application did while it was watched. */
export interface Work {
  readonly transactions: number;
  /** Orders placed by transactions that were committed. */
  readonly orders: number;
  readonly errors: readonly string[];
  /** Longest transaction, in milliseconds. */
  readonly slowest: number;
}

/** The application at work: places orders, pays them, and asks for sums, over open connections. */
export class Workload {
  private readonly errors: string[] = [];
  private readonly workers: Promise<void>[] = [];
  private transactions = 0;
  private orders = 0;
  private slowest = 0;
  private isRunning = true;

  private constructor(private readonly clients: readonly Client[]) {
    for (const client of clients) this.workers.push(this.work(client));
  }

  static async start(application: Application): Promise<Workload> {
    return new Workload(await Promise.all(Array.from({ length: WORKERS }, application.connectUser)));
  }

  /** Ends the work and says what became of it. */
  async stop(): Promise<Work> {
    this.isRunning = false;
    await Promise.all(this.workers);
    await Promise.all(this.clients.map((client) => client.end().catch(() => {})));
    return this.soFar;
  }

  /** What it has done up to now. */
  get soFar(): Work {
    return {
      transactions: this.transactions,
      orders: this.orders,
      errors: this.errors,
      slowest: Math.round(this.slowest),
    };
  }

  /** Orders placed, once no more are. */
  get ordersWhenStopped(): number | undefined {
    return this.isRunning ? undefined : this.orders;
  }

  private async work(client: Client): Promise<void> {
    while (this.isRunning) {
      const start = performance.now();
      try {
        await this.transaction(client);
        this.transactions += 1;
      } catch (error) {
        this.errors.push((error as Error).message);
        await client.query('rollback').catch(() => {});
      }
      this.slowest = Math.max(this.slowest, performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  private async transaction(client: Client): Promise<void> {
    await client.query('begin');
    await client.query(`insert into "order" (customer_id, total) values (1 + floor(random() * 500)::int, 10)`);
    await client.query(`update "order" set state = 'paid' where id = currval('order_id_seq')`);
    await client.query('select count(*) from open_order');
    await client.query('commit');
    this.orders += 1;
  }
}
