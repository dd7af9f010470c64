import { setTimeout } from 'node:timers/promises';
import { freePort, type Running } from '@user-metrics/supervisor';
import { Client } from 'pg';
import { PostgresServerError } from './postgres-server-error';
import type { PostgresVersion } from './releases';

/** Time for the server to accept connections, in milliseconds: a loaded machine is no fault. */
const START_TIMEOUT = 120_000;
const PORT_ATTEMPTS = 10;

type Run = (port: number) => Running;

/** How a superuser signs in. */
interface Access {
  readonly version: PostgresVersion;
  readonly superuser: { readonly user: string; readonly password: string };
  readonly caCertificate: string;
}

interface Started {
  readonly port: number;
  log(): string;
}

/** Another process may take a port after it was found free: then on another one. */
export async function runOnFreePort(run: Run, access: Access): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const running = run(port);
    if (await acceptsConnections(running, port, access)) return { port, log: running.log };
    const isTaken = running.log().includes('Address already in use');
    if (!isTaken || attempt === PORT_ATTEMPTS) throw notStarted(running, access);
  }
}

/** Runs the server on a port until it accepts connections. */
export async function runOnPort(port: number, run: Run, access: Access): Promise<Started> {
  const running = run(port);
  if (!(await acceptsConnections(running, port, access))) throw notStarted(running, access);
  return { port, log: running.log };
}

/** Waits until it does; not if it ends before, or takes too long. */
async function acceptsConnections(running: Running, port: number, access: Access): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT;
  while (!running.hasEnded() && Date.now() < deadline) {
    const options = { ...access.superuser, host: '127.0.0.1', port, database: 'postgres' };
    const client = new Client({
      ...options,
      ssl: { ca: access.caCertificate },
      connectionTimeoutMillis: START_TIMEOUT,
    });
    client.on('error', () => {});
    try {
      // What else listens on the port may never answer.
      await Promise.race([client.connect(), running.exitCode]);
      if (!running.hasEnded()) return true;
    } catch {
      await setTimeout(30);
    } finally {
      void client.end().catch(() => {});
    }
  }
  return false;
}

function notStarted(running: Running, { version }: Access): PostgresServerError {
  const reason = lastWords(running.log()) || `it said nothing within ${START_TIMEOUT / 1000} seconds`;
  return new PostgresServerError(`PostgreSQL ${version} did not start: ${reason}`);
}

/** The end of a server log, without times and process ids. */
function lastWords(log: string): string {
  const lines = log
    .trim()
    .split('\n')
    .map((line) => line.replace(/^.*?\] [A-Z]+: +/, ''));
  return lines.slice(-5).join('; ');
}
