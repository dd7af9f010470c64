import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';
import { time } from './figure';

/** What an application does on each of its connections again and again. */
export interface Work {
  readonly transaction: (client: Client) => Promise<unknown>;
  /** Milliseconds between two transactions of a connection. */
  readonly pause: number;
  /** The milliseconds of a transaction. @default - all that pass */
  readonly measure?: typeof time;
}

/** An application at work until something ends: the milliseconds of each of its transactions. */
export async function atWork(
  clients: readonly Client[],
  until: Promise<unknown>,
  { transaction, pause, measure = time }: Work,
): Promise<number[]> {
  let isRunning = true;
  const taken: number[] = [];
  const workers = clients.map(async (client) => {
    while (isRunning) {
      taken.push(await measure(() => transaction(client)));
      await setTimeout(pause);
    }
  });
  await until.finally(() => {
    isRunning = false;
  });
  await Promise.all(workers);
  return taken;
}
