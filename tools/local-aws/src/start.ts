import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, type Running, SupervisedFolder } from '@user-metrics/supervisor';
import { CREDENTIALS } from './client-environment';
import { EXTENSION } from './extension';
import { functionModules } from './function-modules';
import { type LocalAws, localAwsAt } from './local-aws';
import { LocalAwsError } from './local-aws-error';
import { emulatorPython } from './virtual-environment';

/** Time for the emulator to answer, in milliseconds; it takes half a second on a machine that does nothing else. */
const START_TIMEOUT = 120_000;
const PORT_ATTEMPTS = 10;

export interface LocalAwsOptions {
  /** Where the clusters of RDS are: the emulator starts no database of its own. @default - nowhere */
  readonly postgres?: { readonly host: string; readonly port: number };
  /** File that gets the emulator's log as it comes. @default - none, see `log()` */
  readonly logFile?: string;
  /** Items of the extension that are left out, by name. @default - none */
  readonly without?: readonly string[];
  /** Interrupts a start: it rejects and leaves nothing behind. @default - it cannot be interrupted */
  readonly signal?: AbortSignal;
  /** Told about what takes longer than a moment. @default - nobody */
  readonly onProgress?: (message: string) => void;
}

/**
 * Starts an AWS endpoint on a loopback port, with IAM enforced. It ends with `stop()`, or with the process that started
 * it, however that ends.
 *
 * @throws PythonMissing when there is no Python to run it
 * @throws LocalAwsError when it cannot be installed or does not start; nothing is left behind then
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const python = await emulatorPython(options.onProgress ?? (() => {}), options.signal);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(python, options);
    } catch (error) {
      if (!String(error).includes('is already in use') || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function startOnce(python: string, options: LocalAwsOptions): Promise<LocalAws> {
  const { signal, logFile } = options;
  const folder = mkdtempSync(resolve(tmpdir(), 'user-metrics-local-aws-'));
  const supervised = new SupervisedFolder(folder);
  const abort = () => void supervised.remove();
  try {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', abort, { once: true });
    const port = await freePort();
    mkdirSync(join(folder, 'tmp'));
    const running = supervised.run({
      command: python,
      // -B: no compiled files in the checkout.
      args: ['-B', join(EXTENSION, 'launch.py')],
      env: serverEnvironment(folder, port, options),
      logFile,
    });
    const endpoint = `http://127.0.0.1:${port}`;
    await untilReady(endpoint, running);
    supervised.unref();
    return localAwsAt(endpoint, { log: running.log, stop: () => supervised.remove() });
  } catch (error) {
    await supervised.remove();
    await rm(folder, { recursive: true, force: true });
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** The whole environment: the functions in the emulator inherit it. */
function serverEnvironment(
  folder: string,
  port: number,
  { postgres, without = [] }: LocalAwsOptions,
): { [name: string]: string } {
  return {
    // Functions run on the Node.js that runs us.
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    NODE_PATH: functionModules(),
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    AUTH: 'true',
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    LOCAL_AWS_WITHOUT: without.join(','),
    ...(postgres ? { LOCAL_AWS_POSTGRES: `${postgres.host}:${postgres.port}` } : {}),
  };
}

async function untilReady(endpoint: string, running: Running): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT;
  while (!running.hasEnded() && Date.now() < deadline) {
    const health = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => {});
    if (health?.ok) return;
    await sleep(30);
  }
  const reason = lastWords(running.log()) || `it said nothing within ${START_TIMEOUT / 1000} seconds`;
  throw new LocalAwsError(`The local AWS did not start: ${reason}`);
}

/** The end of the log, without what is no reason. */
function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() && !/ (INFO|WARNING) \[/.test(line));
  return lines.slice(-3).join('; ');
}
