import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';
import { ProvisionError } from '../target/provision-error';

/** Connections that are opened to find the session of the first one; a pooler seldom has more of a user's sessions free. */
const PROBES = 20;

/** In milliseconds: a pooler without a free session lets its clients wait for minutes. */
const PROBE_TIMEOUT = 5_000;

const BEGIN =
  'begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local search_path = pg_catalog';

interface Probe {
  readonly pid: number;
  /** Whether the pooler had no free session, and opened this one. */
  readonly isNew: boolean;
  /** Whether the first connection was the last one to use its session. @default - the session is gone, or not visible */
  readonly isUnused: boolean | null;
}

const PROBE_SQL = `select own.pid, own.backend_start > $2 as "isNew", first.state = 'idle' and strpos(first.query, $3) > 0 as "isUnused"
from pg_stat_activity own left join pg_stat_activity first on first.pid = $1 where own.pid = pg_backend_pid()`;

/**
 * Locks and settings of a session need one server session for as long as the client is connected. A direct connection has
 * it, and so has a pooler in session mode. Nothing is set that stays in a session of a pooler.
 *
 * @param connectOnce opens another connection of the same user through the same endpoint
 * @throws ProvisionError when a pooler gives the session to other clients between two transactions, or may do so
 */
export async function refuseTransactionPooling(client: Client, connectOnce: () => Promise<Client>): Promise<void> {
  const token = randomUUID();
  const { pid, now } = await sessionOf(client, token);
  // A pooler makes up the process id that it announces (BackendKeyData): it is for many sessions.
  const { host, port, processID } = client as Client & { processID: number | null };
  if (pid === processID) return;
  const result = await probe(client, connectOnce, [pid, now, token]);
  if (result === 'reserved') return;
  const cause = {
    shared: `is a connection pooler in transaction mode: session ${pid} was given to another client between two transactions`,
    unknown: `is a connection pooler or proxy, and it could not be determined whether it keeps session ${pid} for one client`,
  }[result];
  throw new ProvisionError(
    `${host}:${port} ${cause}. Locks and settings of a session do not hold there. Nothing was changed. Give the writer endpoint of the cluster (\`host\` and \`port\`), or a pooler in session mode. The endpoint of the pooler is for Umami: \`umamiHost\` and \`umamiPort\`.`,
  );
}

/** In a transaction with a timeout of its own: the administrator's may be a few milliseconds. */
async function sessionOf(client: Client, token: string): Promise<Pick<Probe, 'pid'> & { now: string }> {
  await client.query(BEGIN);
  const { rows } = await client.query('select pg_backend_pid() as pid, clock_timestamp()::text as now');
  // The last query of the session, as pg_stat_activity shows it, for as long as nobody else uses the session.
  await client.query(`commit /* ${token} */`);
  return rows[0];
}

/**
 * Each further connection keeps a transaction open, and with it a session, until the pooler has no free session left: then
 * the first one's session was either given away, or is reserved.
 */
async function probe(
  client: Client,
  connectOnce: () => Promise<Client>,
  first: readonly [pid: number, now: string, token: string],
): Promise<'reserved' | 'shared' | 'unknown'> {
  const probes: Client[] = [];
  try {
    for (let count = 0; count < PROBES; count += 1) {
      const further = await connectOnce();
      probes.push(further);
      const answer = answerOf(further, first);
      const found = await inTime(answer);
      if (!found) return (await isFirst(client, first, answer)) ? 'reserved' : 'unknown';
      if (found.pid === first[0]) return 'shared';
      if (found.isNew) return found.isUnused ? 'reserved' : 'shared';
    }
    return 'unknown';
  } finally {
    await Promise.all(probes.map((client) => client.end().catch(() => {})));
  }
}

async function answerOf(further: Client, first: readonly unknown[]): Promise<Probe | undefined> {
  await further.query(BEGIN);
  return (await further.query<Probe>(PROBE_SQL, [...first])).rows[0];
}

/**
 * Whether the first connection gets its session while a further one still waits for any. In transaction mode the session
 * would have been given to the one that waits; and where all sessions are in use, the first one waits behind it.
 */
async function isFirst(
  client: Client,
  [pid, , token]: readonly [pid: number, now: string, token: string],
  further: Promise<unknown>,
): Promise<boolean> {
  const session = await inTime(sessionOf(client, token));
  const answered = further.then(
    () => true,
    () => true,
  );
  return session?.pid === pid && !(await Promise.race([answered, setImmediate(false)]));
}

/** @returns nothing where the answer takes longer than {@link PROBE_TIMEOUT} */
async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  // What comes after the time is up belongs to nobody.
  answer.catch(() => {});
  const timer = new AbortController();
  const late = setTimeout(PROBE_TIMEOUT, undefined, { signal: timer.signal }).catch(() => undefined);
  return Promise.race([answer, late]).finally(() => timer.abort());
}
