import { setPriority } from 'node:os';
import { Pool, type PoolConfig } from 'pg';
import { MISBEHAVIOURS } from './misbehaviour';
import { POOL, startUmami } from './umami';

/**
 * Umami in a process of its own, as it is on a machine of its own: the application must wait for the database alone. It
 * gets what the application leaves of the processors.
 */
export type Order = { readonly begin: 'traffic' | keyof typeof MISBEHAVIOURS } | 'end';

const connection = JSON.parse(process.argv[2] ?? '{}') as PoolConfig;
let end: () => Promise<unknown> = async () => {};

process.on('message', async (order: Order) => {
  if (order === 'end') return void process.send?.((await end()) ?? {});
  end = order.begin === 'traffic' ? traffic() : await MISBEHAVIOURS[order.begin](connection);
  process.send?.('begun');
});
setPriority(10);

function traffic(): () => Promise<unknown> {
  const pool = new Pool({ ...connection, ...POOL });
  const stop = startUmami(pool);
  return async () => {
    const done = await stop();
    await pool.end();
    return done;
  };
}
