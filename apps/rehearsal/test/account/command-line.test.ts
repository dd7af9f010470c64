import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../lib/src/report/report';
import { RehearsalProcesses } from '../support/rehearsal-process';

let rehearsals: RehearsalProcesses;
beforeEach(() => {
  rehearsals = new RehearsalProcesses();
});
afterEach(() => rehearsals.remove());

/** A whole rehearsal on a machine that has other things to do, in milliseconds. */
const PATIENCE = 480_000;

test('does all of it in an account, and leaves nothing behind', { timeout: PATIENCE }, async () => {
  const { code, error, left } = await rehearsals.run('--require-aws');
  const { checks, phases, localAws } = JSON.parse(readFileSync(rehearsals.report('report.json'), 'utf8')) as Report;
  const failed = checks.filter(({ status }) => ['fail', 'skipped', 'waiting'].includes(status));
  expect(failed).toEqual([]);
  expect([code, left], error).toEqual([0, []]);
  expect(phases.map(({ title }) => title)).toEqual(
    expect.arrayContaining(['Bootstrap', 'Deploy everything', 'Destroy']),
  );
  // What nothing needs any more has to go from the extension; types are compared with the templates of all modes.
  expect(localAws.filter(({ kind, uses }) => kind !== 'type' && uses === 0)).toEqual([]);
  // Both servers were seen, or their ports would not have been looked at.
  expect(rehearsals.progress).toMatch(/on port \d+, TLS only(.|\n)*http:\/\/127\.0\.0\.1:\d+, IAM enforced/);
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  '%s in the middle of a deployment leaves nothing behind',
  { timeout: PATIENCE },
  async (signal) => {
    const child = rehearsals.start('--require-aws');
    const closed = once(child, 'exit');
    child.stdout?.resume();
    // The function of the custom resource runs in the emulator by then.
    await expect
      .poll(() => rehearsals.progress, { timeout: PATIENCE / 2 })
      .toMatch(/UserMetrics-dev-Database.*IN_PROGRESS/);
    expect((await rehearsals.left()).length).toBeGreaterThan(8);
    child.kill(signal);
    await closed;
    // Whoever is killed cannot remove the folders that no server lies in.
    const kept = signal === 'SIGKILL' ? /^user-metrics-(assembly|account)-/ : /^$/;
    const left = async () => (await rehearsals.left()).filter((entry) => !kept.test(entry));
    await expect.poll(left, { timeout: 30_000, interval: 500 }).toEqual([]);
  },
);
