import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { environmentFor } from '@user-metrics/aws-endpoint';

/** What the function answers, or how it fails. */
export interface Outcome {
  readonly report?: { exported: object[]; failed: object[]; waiting: string[] };
  readonly error?: string;
}

export interface Run {
  readonly url: string;
  /** Time of the run. */
  readonly now: string;
  readonly logGroups?: readonly string[];
  /** How often the function is told that it has time left. @default - always */
  readonly looksAtTime?: number;
}

/** The bundle as Lambda has it, in a folder of its own with the SDK of the runtime and nothing of ours. */
export function makeFunction(): { run(run: Run): Promise<Outcome>; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'log-export-'));
  cpSync(join(__dirname, '../../../assets/log-export'), folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  const client = dirname(require.resolve('@aws-sdk/client-s3/package.json'));
  symlinkSync(dirname(client), join(folder, 'node_modules', '@aws-sdk'));
  return {
    run: async (run) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', scriptOf(run)], {
        cwd: folder,
        env: environmentOf(run),
      });
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The waits between two requests for the state of a task end at once; the endpoint counts requests, not seconds. */
function scriptOf({ now, looksAtTime = Number.MAX_SAFE_INTEGER }: Run): string {
  return `
    require('node:timers/promises').setTimeout = () => Promise.resolve();
    const now = Date.parse('${now}');
    Date.now = () => now;
    let looks = ${looksAtTime};
    const context = { getRemainingTimeInMillis: () => (looks-- > 0 ? 900000 : 0) };
    require('./index.js').handler({}, context)
      .then((report) => ({ report }), (error) => ({ error: error.message }))
      .then((outcome) => console.log(JSON.stringify(outcome)));`;
}

function environmentOf({ url, logGroups = ['/aws/lambda/checkout', 'audit'] }: Run): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LOG_EXPORT_BUCKET: 'archive',
    LOG_EXPORT_LOG_GROUPS: JSON.stringify(logGroups),
    ...environmentFor({ url }),
  };
}
