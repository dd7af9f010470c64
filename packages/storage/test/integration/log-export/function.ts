import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import timers from 'node:timers/promises';
import { environmentFor, runHandler } from '@user-metrics/aws-endpoint';
import { vi } from 'vitest';

/** What the function answers, or how it fails. */
export interface Outcome {
  /** What it waited for, in milliseconds. */
  readonly waits: readonly number[];
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
    run: (run) => runBundle(join(folder, 'index.js'), run),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The waits between two requests for the state of a task end at once; the endpoint counts requests, not seconds. */
async function runBundle(bundle: string, run: Run): Promise<Outcome> {
  let looks = run.looksAtTime ?? Number.MAX_SAFE_INTEGER;
  const context = { getRemainingTimeInMillis: () => (looks-- > 0 ? 900_000 : 0) };
  const wait = vi.spyOn(timers, 'setTimeout').mockResolvedValue(undefined);
  const stubs = [wait, vi.spyOn(Date, 'now').mockReturnValue(Date.parse(run.now))];
  try {
    const { result } = await runHandler<Outcome['report']>(bundle, environmentOf(run), {}, context);
    const waits = wait.mock.calls.map(([milliseconds = 0]) => milliseconds);
    return 'thrown' in result ? { waits, error: result.thrown } : { waits, report: result.returned };
  } finally {
    for (const stub of stubs) stub.mockRestore();
  }
}

function environmentOf({ url, logGroups = ['/aws/lambda/checkout', 'audit'] }: Run): NodeJS.ProcessEnv {
  return {
    LOG_EXPORT_BUCKET: 'archive',
    LOG_EXPORT_LOG_GROUPS: JSON.stringify(logGroups),
    ...environmentFor({ url }),
  };
}
