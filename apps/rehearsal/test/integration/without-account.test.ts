import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Report } from '@user-metrics/foundation/report';
import { afterEach, expect, test } from 'vitest';
import { type Outcome, RehearsalProcesses } from '../support/rehearsal-process';

let rehearsals: RehearsalProcesses | undefined;
afterEach(() => rehearsals?.remove());

async function rehearse(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Outcome & { skipped: Check[] }> {
  rehearsals = new RehearsalProcesses(environment);
  const outcome = await rehearsals.run(...args);
  const { checks } = JSON.parse(readFileSync(rehearsals.report('report.json'), 'utf8')) as Report;
  expect(checks.filter(({ status }) => status === 'pass')).toHaveLength(16);
  return { ...outcome, skipped: checks.filter(({ status }) => status === 'skipped') };
}

/** A path on which there is Node.js and nothing else. */
async function withoutPython<T>(work: (environment: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'path-'));
  try {
    const PATH = join(folder, 'bin');
    mkdirSync(PATH);
    symlinkSync(process.execPath, join(PATH, 'node'));
    return await work({ PATH });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('without Python it does the rest, and says in one line what would bring it', async () => {
  const { code, error, left, skipped } = await withoutPython((environment) => rehearse(environment));
  expect([code, left], error).toEqual([0, []]);
  expect(skipped.length).toBeGreaterThan(30);
  for (const { evidence } of skipped)
    expect(evidence).toMatch(
      /^The local AWS needs Python 3\.10 or newer .*`(apt-get|brew) install [^\n]*` would bring it\.$/,
    );
});

test.runIf(process.env['USER_METRICS_TEST_ALL'] === 'true')('--require-aws fails without Python', async () => {
  const { code, error, left, skipped } = await withoutPython((environment) => rehearse(environment, '--require-aws'));
  expect([code, left, skipped]).toEqual([1, [], []]);
  expect(error).toMatch(/^The local AWS needs Python 3\.10 or newer .* would bring it\.$/m);
  expect(error).not.toMatch(/^\s+at /m);
});
