import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { Client, type ClientConfig } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { reachable } from '../../src/operating-user';

function client({ port, superuser, caCertificate }: PostgresServer, config: ClientConfig = {}): Client {
  return new Client({
    ...superuser,
    host: 'localhost',
    port,
    database: 'postgres',
    ssl: { ca: caCertificate },
    ...config,
  });
}

async function query(server: PostgresServer, sql: string, config?: ClientConfig): Promise<unknown> {
  const connection = client(server, config);
  try {
    await connection.connect();
    return (await connection.query(sql)).rows[0];
  } finally {
    await connection.end().catch(() => {});
  }
}

/** Process ids whose command line names the folder. */
function processesIn(folder: string): string[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.filter((pid) => commandLine(pid).includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}

describe('a running server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ settings: { work_mem: '5MB' } });
  });
  afterAll(() => server.stop());

  test('is the release asked for, with the settings asked for', async () => {
    expect(await query(server, 'show server_version_num')).toEqual({
      server_version_num: expect.stringMatching(/^17/),
    });
    expect(await query(server, 'show work_mem')).toEqual({ work_mem: '5MB' });
  });

  test('speaks TLS under its name and its address, verified against its own CA certificate', async () => {
    const sql = 'select version from pg_stat_ssl where pid = pg_backend_pid()';
    expect(await query(server, sql)).toEqual({ version: 'TLSv1.3' });
    expect(await query(server, sql, { host: '127.0.0.1' })).toEqual({ version: 'TLSv1.3' });
  });

  test('fails for a client that does not have its CA certificate, that speaks no TLS, or that has no password', async () => {
    await expect(query(server, 'select 1', { ssl: true })).rejects.toThrow(/self-signed|unable to (get|verify)/);
    await expect(query(server, 'select 1', { ssl: false })).rejects.toThrow(/no pg_hba.conf entry.*no encryption/);
    await expect(query(server, 'select 1', { password: 'wrong' })).rejects.toThrow('password authentication failed');
  });

  test('runs beside another one', async () => {
    const other = await startPostgres();
    expect(other.port).not.toBe(server.port);
    expect(await query(other, 'select 1 as one')).toEqual({ one: 1 });
    await other.stop();
    expect(await query(server, 'select 1 as one')).toEqual({ one: 1 });
  });
});

test('leaves nothing behind when it is stopped, and may be stopped twice', async () => {
  const server = await startPostgres();
  const folder = dirname(server.caFile);
  expect(existsSync(folder)).toBe(true);
  await server.stop();
  await server.stop();
  expect(existsSync(folder)).toBe(false);
  expect(processesIn(folder)).toEqual([]);
});

describe('ends with the process that started it', () => {
  const script = `
    const { startPostgres } = require('@user-metrics/postgres-server');
    startPostgres().then((server) => { console.log(server.caFile); process.argv[1] === 'return' || setInterval(() => {}, 1000); });`;

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'return'] as const)('by %s', async (end) => {
    const parent = spawn(process.execPath, ['-e', script, end], {
      cwd: __dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const folder = dirname(String(line).trim());
    expect(existsSync(folder)).toBe(true);
    if (end !== 'return') parent.kill(end);
    if (parent.exitCode === null && parent.signalCode === null) await once(parent, 'exit');
    await expect.poll(() => [existsSync(folder), processesIn(folder)], { timeout: 10_000 }).toEqual([false, []]);
  });
});

// Another user can only run what it can read: not a checkout in a private folder.
const canTakeOtherUser = process.getuid?.() === 0 && reachable([__dirname]) !== undefined;

test.runIf(canTakeOtherUser)('runs for a user that is not root', async () => {
  const script = `
    const { startPostgres } = require('@user-metrics/postgres-server');
    startPostgres().then(async (server) => { console.log(String(server.port)); await server.stop(); });`;
  const child = spawn(process.execPath, ['-e', script], {
    cwd: __dirname,
    uid: 65534,
    gid: 65534,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(Number(out)).toBeGreaterThan(1023);
});

describe('fails with one sentence and leaves nothing behind', () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'lifecycle-'));
    chmodSync(temporary, 0o755);
    vi.stubEnv('TMPDIR', temporary);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    expect(readdirSync(temporary)).toEqual([]);
    rmSync(temporary, { recursive: true });
  });

  test('when the port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    await expect(startPostgres({ port })).rejects.toThrow(
      `PostgreSQL cannot use port ${port} of 127.0.0.1: something listens there already.`,
    );
    squatter.close();
  });

  test.each([0, 20, 100, 300])('when the start is interrupted after %i ms', async (milliseconds) => {
    await expect(startPostgres({ signal: AbortSignal.timeout(milliseconds) })).rejects.toThrow(
      /aborted due to timeout/,
    );
  });

  test('when the server does not start', async () => {
    await expect(startPostgres({ settings: { shared_buffers: 'much' } })).rejects.toThrow(
      /^PostgreSQL 17 did not start: .*invalid value for parameter "shared_buffers": "much"/,
    );
  });
});
