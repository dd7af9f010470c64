import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { RehearsalError } from '../rehearsal-error';
import type { DatabaseFunction } from './database-function';

/** What a run of the function gave. */
export interface Invocation {
  readonly response: { readonly PhysicalResourceId: string; readonly Data?: { readonly [name: string]: string } };
  /** Everything that it printed. */
  readonly output: string;
  readonly milliseconds: number;
}

/** Runs the code of the function in a process of its own, with nothing of our environment but what Lambda gives. */
export async function invoke(
  target: DatabaseFunction,
  event: object,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<Invocation> {
  const start = performance.now();
  const child = fork(
    join(__dirname, 'host.js'),
    [join(target.codeFolder, target.handler.split('.')[0] ?? 'index'), target.handler.split('.')[1] ?? 'handler'],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      timeout: target.timeoutSeconds * 1000,
      killSignal: 'SIGKILL',
      signal,
      env: {
        PATH: process.env['PATH'],
        // The Lambda runtime brings the SDK; here it is the one of this repository.
        NODE_PATH: [sdkFolder(), process.env['NODE_PATH']].filter(Boolean).join(delimiter),
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'rehearsal',
        AWS_SECRET_ACCESS_KEY: 'rehearsal',
        AWS_ENDPOINT_URL: url,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  child.send(event);
  const message = await new Promise<{ response?: Invocation['response']; error?: string }>((resolve) => {
    let answer: { response?: Invocation['response']; error?: string } = {
      error: 'the function ended without an answer',
    };
    child.on('error', ({ message }) => {
      answer = { error: message };
    });
    child.on('message', (received) => (answer = received as typeof answer));
    child.on('close', () => resolve(answer));
  });
  if (!message.response) throw new RehearsalError(`The database function failed: ${message.error}`);
  return { response: message.response, output, milliseconds: Math.round(performance.now() - start) };
}

function sdkFolder(): string {
  const manifest = createRequire(__filename).resolve('@aws-sdk/client-secrets-manager/package.json');
  return dirname(dirname(dirname(manifest)));
}
