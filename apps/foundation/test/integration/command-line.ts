import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environmentFor } from '@user-metrics/aws-endpoint';
import { vi } from 'vitest';
import { main } from '../../src/commands/cli';

export const BIN = join(__dirname, '..', '..', 'bin', 'user-metrics.js');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** An environment without any credentials but those given, with what all tests leave out of a synthesis. */
export const environment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(CDK_.*|PATH|TMPDIR)$/.test(name))),
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  ...env,
});

/** Runs the command line in this process. */
export async function userMetrics(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const before = process.env;
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += text;
      return true;
    }),
  );
  process.env = environment(env);
  try {
    const code = await main(args);
    return { code, out: written.stdout, error: written.stderr };
  } finally {
    process.env = before;
    for (const spy of spies) spy.mockRestore();
  }
}

/** Runs it as a user would, in a process of its own: what ends the process, and what the CDK CLI writes. */
export function userMetricsProcess(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(env),
  });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (error += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, error })));
}

/** Environment in which an SDK and the CDK CLI talk to an endpoint of the test. */
export function signedIn(url: string): NodeJS.ProcessEnv {
  return environmentFor({ url });
}
