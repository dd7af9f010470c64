import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { type Application, LOADS, type Load, type Worked } from './application';
import { CONDITIONS, type Condition } from './conditions';
import type { Order } from './process';

/** Milliseconds that each load of the application works, unless a condition needs more. */
const WINDOW = 500;

/** Milliseconds for what has ended to be gone. */
const SETTLE = 100;

export type What = keyof typeof CONDITIONS;

const ALONE = 'alone';

/** What each load of the application did alone and beside each condition, and the processors that others used meanwhile. */
export interface Round {
  readonly worked: { readonly [load in Load]: { readonly [what in What | typeof ALONE]: Worked } };
  readonly others: number;
}

/** Alone and beside everything, in turn: what else the machine does meets all. */
export async function round(application: Application, umami: ChildProcess): Promise<Round> {
  const worked = Object.fromEntries(loads().map((load) => [load, {}])) as {
    [load in Load]: { [what: string]: Worked };
  };
  const others = await othersWhile(async () => {
    let own = 0;
    for (const load of loads()) {
      const alone = await application.work(load, WINDOW);
      worked[load][ALONE] = alone;
      own += (alone.clients + alone.server) / loads().length;
    }
    return own;
  });
  for (const [what, { milliseconds = WINDOW }] of Object.entries(CONDITIONS) as [What, Condition][]) {
    for (const load of loads()) {
      await tell(umami, { begin: what });
      worked[load][what] = await application.work(load, milliseconds);
      const { failed = 0 } = await tell(umami, 'end');
      if (failed > 0) throw new Error(`${failed} requests of Umami failed beside: ${what}.`);
      await setTimeout(SETTLE);
    }
  }
  return { worked: worked as Round['worked'], others };
}

export function loads(): Load[] {
  return Object.keys(LOADS) as Load[];
}

/** Processors in use, without those that are told to be our own. */
async function othersWhile(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const before = busy();
  const own = await work();
  return (busy() - before) / (performance.now() - start) - own;
}

function busy(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}

async function tell(umami: ChildProcess, order: Order): Promise<{ readonly failed?: number }> {
  const answer = once(umami, 'message');
  umami.send(order);
  return (await answer)[0];
}
