import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { atWork } from '../at-work';
import { time } from '../figure';
import { processorTime } from '../processor';
import type { Order } from './application';

/** One connection of the application, in a thread: it says its backend, then the milliseconds of its transactions for each order. */
async function main(): Promise<void> {
  const client = await connect(workerData);
  parentPort?.on('message', async ({ pause, milliseconds }: Order) => {
    parentPort?.postMessage(await atWork([client], setTimeout(milliseconds), { transaction, pause, measure }));
  });
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  parentPort?.postMessage(rows[0]?.pid);
}

async function transaction(client: Client): Promise<void> {
  const customer = Math.floor(Math.random() * 1000);
  await client.query('begin');
  const { rows } = await client.query('insert into shop.orders (customer, total) values ($1, 1) returning id', [
    customer,
  ]);
  await client.query('update shop.orders set paid = true where id = $1', [rows[0].id]);
  await client.query('select sum(total), count(*) from shop.orders where customer = $1', [customer]);
  await client.query('commit');
}

/** A client on a machine of its own does not wait for a processor that the server uses. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const before = processorTime('thread-self').waited;
  const passed = await time(work);
  return passed - (processorTime('thread-self').waited - before);
}

void main();
