import { Pool } from 'pg';
import { type Behaviour, connections, idle, runaway } from './misbehaviour';
import { CONNECTIONS, type Requests, startUmami } from './umami';

/** What the application works beside. */
export interface Condition {
  readonly begin: Behaviour;
  /** Milliseconds that each load of the application works beside it. @default 500 */
  readonly milliseconds?: number;
  /** How many times as long the 95th percentile of the application should be at most. */
  readonly limit: number;
}

/** A window begins with one dashboard: one is opened so often. */
const WITH_DASHBOARD = 2000;

/** No setting of PostgreSQL limits the processors of a database role: ten queries use all of them. */
export const CONDITIONS = {
  "Umami's page views": { begin: traffic(CONNECTIONS, { dashboard: false }), limit: 1.2 },
  'page views and dashboards': {
    begin: traffic(CONNECTIONS, { dashboard: true }),
    limit: 1.2,
    milliseconds: WITH_DASHBOARD,
  },
  'the same by one session': { begin: traffic(1, { dashboard: true }), limit: 1.2, milliseconds: WITH_DASHBOARD },
  'a runaway query': { begin: runaway(1), limit: 1.2 },
  '200 connections': { begin: connections(200), limit: 1.2 },
  'an idle transaction': { begin: idle, limit: 1.2 },
  '10 runaway queries': { begin: runaway(10), limit: 10 },
} satisfies { readonly [what: string]: Condition };

/** Requests of visitors and of people who read dashboards, over so many connections: Umami's own pool, or sessions of a pooler. */
function traffic(max: number, requests: Requests): Behaviour {
  return async (connection) => {
    const pool = new Pool({ ...connection, max });
    const stop = startUmami(pool, requests);
    return async () => {
      const done = await stop();
      await pool.end();
      return done;
    };
  };
}
