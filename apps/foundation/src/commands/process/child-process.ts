import { spawn } from 'node:child_process';
import { whenAskedToStop } from './asked-to-stop';

/** How long a child may take to stop, in milliseconds. */
const STOP_TIMEOUT_MS = 10_000;

/** Runs a command with our own terminal and gives its exit code. The command ends when we are asked to. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env });
  let exitCodeOfSignal = 143;
  const release = whenAskedToStop((exitCode) => {
    exitCodeOfSignal = exitCode;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS).unref();
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      // On a terminal, Ctrl-C reaches the command as well: either signal may end it.
      child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : exitCodeOfSignal)));
    });
  } finally {
    release();
  }
}
