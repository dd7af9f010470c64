import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Account } from './account';

/** No command of the rehearsal takes longer, in milliseconds. */
const TIME_LIMIT = 240_000;

/** What a command did. */
export interface CommandResult {
  readonly exitCode: number;
  /** Everything it printed. */
  readonly output: string;
  readonly milliseconds: number;
}

export interface CommandOptions {
  readonly signal: AbortSignal;
  /** Gets each line as it comes. */
  readonly onProgress: (line: string) => void;
}

type Place = Pick<Account, 'env' | 'stage' | 'config'>;

/** Runs a command of the foundation in the account, as a user would: `user-metrics deploy --stage dev`. */
export function runFoundation(
  { env, stage, config }: Place,
  command: 'deploy' | 'destroy',
  options: CommandOptions,
  args: readonly string[] = [],
): Promise<CommandResult> {
  const manifest = createRequire(__filename).resolve('@user-metrics/foundation/package.json');
  const bin = join(dirname(manifest), 'bin', 'user-metrics.js');
  const answers = command === 'deploy' ? ['--require-approval', 'never'] : ['--force'];
  const place = ['--stage', stage, '--config', config.file];
  return run([bin, command, ...place, ...args, '--', ...answers, '--no-notices'], env, options);
}

/** Runs `cdk bootstrap` for the account. */
export function bootstrap({ env, id, region }: Account, options: CommandOptions): Promise<CommandResult> {
  const manifest = createRequire(__filename).resolve('aws-cdk/package.json');
  const cli = join(dirname(manifest), 'bin', 'cdk');
  return run([cli, 'bootstrap', `aws://${id}/${region}`, '--no-notices'], env, options);
}

async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { signal, onProgress }: CommandOptions,
): Promise<CommandResult> {
  const start = performance.now();
  const child = spawn(process.execPath, [...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    timeout: TIME_LIMIT,
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      if (line.trim()) onProgress(line.trim());
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { exitCode, output: lines.join('\n'), milliseconds: Math.round(performance.now() - start) };
}
