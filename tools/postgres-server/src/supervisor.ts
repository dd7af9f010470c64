import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

/**
 * Runs one command until the process that started this one closes its end of the standard input, by asking for it or
 * by dying in any way; then stops the command and removes its folder. A process of its own, because a killed parent
 * cannot clean up after itself.
 */
export interface SupervisedCommand {
  readonly command: string;
  readonly args: string[];
  /** Signal that stops the command, and the milliseconds until it is killed. */
  readonly stopSignal: NodeJS.Signals;
  readonly patience: number;
  /** Removed in the end. */
  readonly folder: string;
  readonly env: { readonly [name: string]: string };
  readonly uid?: number;
  readonly gid?: number;
}

function supervise({ command, args, stopSignal, patience, folder, env, uid, gid }: SupervisedCommand): void {
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: folder,
    env,
    ...(uid === undefined ? {} : { uid, gid }),
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    child.kill(stopSignal);
    setTimeout(() => child.kill('SIGKILL'), patience).unref();
  };
  const end = (code: number) => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
  };
  process.stdin.on('end', stop).on('error', stop).resume();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  child.on('error', () => end(1));
  child.on('exit', (code) => end(stopping ? 0 : (code ?? 1)));
}

if (require.main === module) supervise(JSON.parse(process.argv[2] ?? '{}'));
