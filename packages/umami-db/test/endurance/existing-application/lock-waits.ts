import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';

/** Sessions of ours, as pg_stat_activity names them. */
const OURS = 'user-metrics';

/** Settings of a server that logs every wait for a lock over 100 ms, and who holds it. */
export const LOGS_LOCK_WAITS = { log_lock_waits: 'on', deadlock_timeout: '100ms', log_line_prefix: '%p ' };

const WAITS = `select w.pid, w.query, coalesce(1000 * extract(epoch from clock_timestamp() - l.waitstart), 0)::float8 as milliseconds
  from pg_stat_activity w join pg_locks l on l.pid = w.pid and not l.granted
  where w.application_name <> $1 and exists (
    select from pg_stat_activity o where o.pid = any (pg_blocking_pids(w.pid)) and o.application_name = $1)`;

/** Looks again and again who waits for us. */
export interface Watch {
  /** Process ids of our sessions that were seen. */
  readonly ours: ReadonlySet<number>;
  /** The longest wait for one of our sessions that was seen, in milliseconds; 0 when nobody waited. */
  stop(): Promise<number>;
}

export function watchLockWaits(client: Client): Watch {
  const ours = new Set<number>();
  let running = true;
  let longest = 0;
  const watch = async () => {
    while (running) {
      const sessions = await client.query<{ pid: number }>(
        'select pid from pg_stat_activity where application_name = $1',
        [OURS],
      );
      for (const { pid } of sessions.rows) ours.add(pid);
      const { rows } = await client.query<{ milliseconds: number }>(WAITS, [OURS]);
      longest = Math.max(longest, ...rows.map(({ milliseconds }) => milliseconds));
      await setTimeout(3);
    }
  };
  const watching = watch();
  return {
    ours,
    stop: async () => {
      running = false;
      await watching;
      return Math.round(longest);
    },
  };
}

/** Waits over 100 ms for a lock that one of these sessions held, by what the server itself wrote. */
export function loggedWaits(log: string, ours: ReadonlySet<number>): string[] {
  const lines = log.split('\n');
  return lines.filter((line, index) => {
    if (!line.includes('still waiting for')) return false;
    const holders = /Process(?:es)? holding the lock: ([\d, ]+)\./.exec(lines[index + 1] ?? '')?.[1] ?? '';
    return holders.split(', ').some((pid) => ours.has(Number(pid)));
  });
}
