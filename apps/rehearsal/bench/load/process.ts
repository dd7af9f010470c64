import { setPriority } from 'node:os';
import type { PoolConfig } from 'pg';
import { CONDITIONS } from './conditions';

/**
 * Umami in a process of its own, as it is on a machine of its own: the application must wait for the database alone. It
 * gets what the application leaves of the processors.
 */
export type Order = { readonly begin: keyof typeof CONDITIONS } | 'end';

const connection = JSON.parse(process.argv[2] ?? '{}') as PoolConfig;
let end: () => Promise<unknown> = async () => {};

process.on('message', async (order: Order) => {
  if (order === 'end') return void process.send?.((await end()) ?? {});
  end = await CONDITIONS[order.begin].begin(connection);
  process.send?.('begun');
});
setPriority(10);
