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
  /** Everything it said, for people and for machines. */
  readonly output: string;
  /** What it printed for machines and pipes. */
  readonly printed: string;
  readonly milliseconds: number;
}

export interface CommandOptions {
  readonly signal: AbortSignal;
  /** Gets each line as it comes. */
  readonly onProgress: (line: string) => void;
}

type Place = Pick<Account, 'env' | 'stage' | 'config'>;

/** What the CDK CLI is told, so that it asks nobody; what deals with AWS alone is told nothing. */
const FOR_THE_CDK = {
  init: [],
  deploy: ['--', '--require-approval', 'never', '--no-notices'],
  destroy: ['--', '--force', '--no-notices'],
  'alert-test': [],
  'cost-review': [],
  diff: [],
  estimate: [],
  preflight: [],
  verify: [],
  snapshot: [],
  'baseline capture': [],
  'baseline compare': [],
};

/** A deployment after the first: its checks before and after were seen. */
export const CHANGE_ONLY = ['--skip-preflight', '--skip-verify'];

/** Runs a command of the foundation in the account, as a user would: `user-metrics deploy --stage dev`. */
export function runFoundation(
  { env, stage, config }: Place,
  command: keyof typeof FOR_THE_CDK,
  options: CommandOptions,
  args: readonly string[] = [],
): Promise<CommandResult> {
  const manifest = createRequire(__filename).resolve('@user-metrics/foundation/package.json');
  const bin = join(dirname(manifest), 'bin', 'user-metrics.js');
  // The one command that writes the configuration instead of reading it.
  const place = ['--stage', stage, command === 'init' ? '--output' : '--config', config.file];
  return run(
    [bin, ...command.split(' '), ...place, ...args, ...FOR_THE_CDK[command]],
    env,
    options,
    dirname(config.file),
  );
}

/** Runs `cdk bootstrap` for the account. */
export function bootstrap({ env, id, region, config }: Account, options: CommandOptions): Promise<CommandResult> {
  const manifest = createRequire(__filename).resolve('aws-cdk/package.json');
  const cli = join(dirname(manifest), 'bin', 'cdk');
  const { qualifier = '' } = config.foundation.accounts[id]?.bootstrap ?? {};
  return run([cli, 'bootstrap', '--qualifier', qualifier, `aws://${id}/${region}`, '--no-notices'], env, options);
}

async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { signal, onProgress }: CommandOptions,
  /** Where a command writes its reports. @default - the folder of this process */
  cwd = process.cwd(),
): Promise<CommandResult> {
  const start = performance.now();
  const child = spawn(process.execPath, [...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    timeout: TIME_LIMIT,
  });
  const lines: string[] = [];
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      if (stream === child.stdout) printed.push(line);
      if (line.trim()) onProgress(line.trim());
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const milliseconds = Math.round(performance.now() - start);
  return { exitCode, output: lines.join('\n'), printed: printed.join('\n'), milliseconds };
}
