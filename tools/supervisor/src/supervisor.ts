import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';

// Runs commands for the process that started it, and guards one folder. When that process lets go of it, by asking or by
// dying in any way, the running command is stopped and the folder is removed. A process of its own, because a killed
// parent cannot clean up after itself.

/** A command to run. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: { readonly [name: string]: string };
  /** User to run as. @default - our own */
  readonly uid?: number;
  readonly gid?: number;
  /** File that also gets what it prints. @default - none */
  readonly logFile?: string;
}

/** What is told of a command: what it printed, and that it has ended. */
export type News = { readonly output: string } | { readonly exitCode: number };

/** How long a command may take to stop, in milliseconds. */
const STOP_TIMEOUT_MS = 8_000;

function supervise(folder: string): void {
  let running: ChildProcess | undefined;
  let isStopping = false;
  const tell = (news: News) => process.connected && process.send?.(news, () => {});
  const end = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    process.exit(0);
  };
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    if (!running) return end();
    running.kill('SIGINT');
    setTimeout(() => running?.kill('SIGKILL'), STOP_TIMEOUT_MS).unref();
  };
  process.on('disconnect', stop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('message', ({ command, args, env, uid, gid, logFile }: Command) => {
    const user = uid === undefined ? {} : { uid, gid };
    // A process group of its own, so that what it starts can be ended with it.
    const child = spawn(command, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...user,
    });
    running = child;
    // A log that cannot be written must not end what it is about.
    const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' }).on('error', () => {});
    const print = (output: string) => {
      log?.write(output);
      tell({ output });
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print);
    child.on('error', ({ message }) => print(message));
    child.on('exit', () => killGroup(child));
    child.on('close', (code) => {
      running = undefined;
      tell({ exitCode: code ?? 1 });
      if (isStopping) end();
    });
  });
}

/** Ends what a command has started and left behind. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing was left.
  }
}

if (require.main === module) supervise(process.argv[2] ?? '');
