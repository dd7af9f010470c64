import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Moment } from './statements';

/** How a process that provisions ended. */
export interface Ending {
  readonly killed: boolean;
  readonly output: string;
}

/** Compiles the child once: a process a run has to start quickly. */
export async function buildChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.js');
  const unused = join(__dirname, '../../../bundle/unused.ts');
  await build({
    entryPoints: [join(__dirname, 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    external: ['pg-native'],
    alias: { jiti: unused, glob: unused },
  });
  return outfile;
}

/** Sends an event to the handler in a process of its own, which may kill itself at a moment. */
export function startChild(
  script: string,
  event: object,
  environment: Record<string, string>,
  moment?: Moment,
): { readonly child: ChildProcess; readonly ending: Promise<Ending> } {
  const child = spawn(process.execPath, [script, JSON.stringify(event), JSON.stringify(moment ?? null)], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ending = once(child, 'close').then(([code, signal]) => {
    if (code !== 0 && signal !== 'SIGKILL') throw new Error(`The child ended with ${code ?? signal}: ${output}`);
    return { killed: signal === 'SIGKILL', output };
  });
  return { child, ending };
}
