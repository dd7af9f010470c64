import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { environmentFor } from '@user-metrics/aws-endpoint';

export const BIN = join(__dirname, '..', '..', 'bin', 'user-metrics.js');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line as a user would, in an environment without any credentials but those given. */
export function userMetrics(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = start(args, env);
  let [out, error] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (error += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, error })));
}

export function start(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      ...env,
    },
  });
}

/** Environment in which an SDK and the CDK CLI talk to an endpoint of the test. */
export function signedIn(url: string): NodeJS.ProcessEnv {
  return environmentFor({ url });
}
