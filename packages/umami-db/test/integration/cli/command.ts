import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { main } from '../../../runtime/commands/index';
import type { ConnectionOptions } from '../../../runtime/connection/connect';
import { type Application, eachApplication } from '../application';

export const BIN = join(__dirname, '../../../bin/umami-db.js');

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line, connected as the administrator by PG*. */
export interface CommandLine {
  readonly secretFile: string;
  /** Environment that its processes get. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the secret's file holds. */
  secret(): Record<string, string>;
  /** Runs a command, e.g. `baseline capture`, in this process, one at a time: environment and output are the process's. */
  run(command: string, ...options: string[]): Promise<Result>;
  /** Starts a command in a process of its own; the process, and its result. */
  start(command: string, ...options: string[]): { readonly pid: number; readonly result: Promise<Result> };
  /** Runs a command and kills its process after some milliseconds, unless it has ended. */
  killed(milliseconds: number, command: string, ...options: string[]): Promise<void>;
  close(): void;
}

/** Variables of libpq that tell a connection. */
export function variablesOf({ host, port, database, user, password }: ConnectionOptions): Record<string, string> {
  return { PGHOST: host, PGPORT: String(port), PGDATABASE: database, PGUSER: user, PGPASSWORD: password };
}

export function makeCommandLine(application: Application, environment?: Record<string, string>): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'umami-db-cli-'));
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, application.administrator.certificateAuthority);
  const secretFile = join(folder, 'secret.json');
  const connection = environment ?? variablesOf(application.administrator);
  const env = { PATH: process.env['PATH'] ?? '', PGSSLROOTCERT: ca, ...connection };
  const about = ['--database-role', application.target.databaseRole];
  const start = (command: string, options: readonly string[]) => {
    let resolve: (result: Result) => void;
    const result = new Promise<Result>((resolved) => {
      resolve = resolved;
    });
    const { pid = 0 } = execFile(
      process.execPath,
      [BIN, command, ...about, ...options],
      { env },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    return { pid, result };
  };
  return {
    secretFile,
    environment: env,
    secret: () => JSON.parse(readFileSync(secretFile, 'utf8')),
    run: (command, ...options) => runHere(env, [...command.split(' '), ...about, ...options]),
    start: (command, ...options) => start(command, options),
    killed: (milliseconds, command, ...options) =>
      new Promise((resolve) => {
        const child = execFile(process.execPath, [BIN, command, ...about, ...options], { env }, () => {
          clearTimeout(timer);
          resolve();
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An application and its command line for each test of a file, in the same objects, which go after the test. */
export function eachCommandLine(): { readonly application: Application; readonly commandLine: CommandLine } {
  const application = eachApplication();
  const commandLine = {} as CommandLine;
  beforeEach(() => void Object.assign(commandLine, makeCommandLine(application)));
  afterEach(() => commandLine.close());
  return { application, commandLine };
}

let last: Promise<unknown> = Promise.resolve();

function runHere(env: Readonly<Record<string, string>>, args: readonly string[]): Promise<Result> {
  const result = last.then(() => capture(env, args));
  last = result.catch(() => undefined);
  return result;
}

async function capture(env: Readonly<Record<string, string>>, args: readonly string[]): Promise<Result> {
  const before = process.env;
  const output = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += text;
      return true;
    }),
  );
  process.env = { ...env };
  try {
    return { code: await main(args), ...output };
  } finally {
    process.env = before;
    for (const spy of spies) spy.mockRestore();
  }
}
