import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a client saw that knows nothing but the URL. */
export interface UrlAnswer {
  readonly user?: string;
  readonly tls?: string;
  readonly users?: number;
  readonly error?: string;
}

/**
 * Connects the way Umami's container does: a process whose only knowledge is DATABASE_URL, and the CA certificate of the
 * server's certificate in NODE_EXTRA_CA_CERTS.
 */
export async function askThroughUrl(databaseUrl: string, caCertificate: string): Promise<UrlAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'user-metrics-ca-'));
  try {
    const file = join(folder, 'ca.pem');
    writeFileSync(file, caCertificate);
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT], {
      cwd: __dirname,
      timeout: 30_000,
      env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, NODE_EXTRA_CA_CERTS: file },
    });
    return JSON.parse(stdout);
  } catch (error) {
    return { error: (error as Error).message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SCRIPT = `
const { Client } = require('pg');
async function ask() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows: [tls] } = await client.query('select version from pg_stat_ssl where pid = pg_backend_pid()');
    const { rows: [{ user, users }] } = await client.query('select current_user as user, (select count(*)::int from "user") as users');
    return { user, users, tls: tls.version };
  } finally {
    await client.end();
  }
}
ask().catch(({ message }) => ({ error: message })).then((answer) => console.log(JSON.stringify(answer)));`;
