import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from '../../runtime/connection/connect';

/** How psql ended: 0, or 3 when a statement failed in a script that says so. */
export interface PsqlResult {
  readonly code: number;
  /** What it wrote to standard error: warnings and errors. */
  readonly complaints: string;
}

/** Whether there is a psql. CI has to have one; elsewhere what needs it is skipped, and said to be. */
export const hasPsql = process.env['CI'] !== undefined || isThere();

function isThere(): boolean {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs a script by hand, as an administrator would. */
export async function psql(connection: ConnectionOptions, script: string): Promise<PsqlResult> {
  const { host, port, database, user, password, certificateAuthority } = connection;
  const folder = mkdtempSync(join(tmpdir(), 'umami-db-psql-'));
  const [caCertificate, file] = [join(folder, 'ca.pem'), join(folder, 'script.sql')];
  writeFileSync(caCertificate, certificateAuthority);
  writeFileSync(file, script);
  const env = {
    PATH: process.env['PATH'],
    PGHOST: host,
    PGPORT: String(port),
    PGDATABASE: database,
    PGUSER: user,
    PGPASSWORD: password,
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: caCertificate,
  };
  try {
    return await new Promise((resolve, reject) => {
      execFile('psql', ['--no-psqlrc', '--file', file], { env }, (error, _stdout, complaints) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ code: error ? Number(error.code) : 0, complaints });
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
