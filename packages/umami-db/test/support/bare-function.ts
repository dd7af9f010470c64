import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Folder of the bundled functions, as `nx run …:bundle` leaves it. */
export const ASSETS = join(__dirname, '../../assets');

/** That of the function that provisions. */
export const ASSET = join(ASSETS, 'provision');

/** The bundled function as Lambda has it: its own files and the SDK of the runtime, and nothing of ours. */
export interface BareFunction {
  /** Where its files are. */
  readonly folder: string;
  /** Runs JavaScript in a Node process of its own; answers with what it prints. */
  run(script: string, environment?: Record<string, string>): Promise<string>;
  /** Sends an event to the handler; answers with what it answers. */
  send(event: object, environment?: Record<string, string>): Promise<unknown>;
  close(): void;
}

export function makeBareFunction({ withSdk = true, asset = ASSET } = {}): BareFunction {
  const folder = mkdtempSync(join(tmpdir(), 'umami-db-function-'));
  cpSync(asset, folder, { recursive: true });
  if (withSdk) {
    const client = dirname(require.resolve('@aws-sdk/client-secrets-manager/package.json'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(dirname(client), join(folder, 'node_modules', '@aws-sdk'));
  }
  const run: BareFunction['run'] = async (script, environment = {}) => {
    const env = { PATH: process.env['PATH'], ...environment };
    return (await promisify(execFile)(process.execPath, ['-e', script], { cwd: folder, env })).stdout;
  };
  return {
    folder,
    run,
    send: async (event, environment) => {
      const script = `require('./index.js').handler(${JSON.stringify(event)})
        .then((answer) => ({ answer }), ({ name, message }) => ({ error: { name, message } }))
        .then((result) => console.log(JSON.stringify(result)))`;
      const result = JSON.parse((await run(script, environment)).trim().split('\n').at(-1) ?? '');
      if (result.error) throw Object.assign(new Error(result.error.message), { name: result.error.name });
      return result.answer;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
