import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@user-metrics/foundation/report';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { environmentOfSomebody } from '../support/environment';
import { RehearsalProcesses } from '../support/rehearsal-process';

let rehearsals: RehearsalProcesses;
beforeEach(() => {
  rehearsals = new RehearsalProcesses();
});
afterEach(() => rehearsals.remove());

/** A whole rehearsal on a machine that has other things to do, in milliseconds. */
const TIMEOUT = 480_000;

/** Where `npx projen rehearse` writes its report, and \`.ci/run\` counts its checks. */
const COUNTED = join(__dirname, '..', '..', '..', '..', 'rehearsal');

/** Activation of tags, cost under them, metrics once an hour or a day, cost once a day, and the confirmation of an address come later. */
const NEEDS_TIME = ['1.1.AC5', '1.2.IV3', '1.3.AC5', '1.4.AC2', '1.4.AC3', '1.4.AC4', '1.4.IV3'];

test('does all of it in an account, whatever the environment says, and leaves nothing behind', {
  timeout: TIMEOUT,
}, async () => {
  rehearsals.remove();
  rehearsals = new RehearsalProcesses(environmentOfSomebody());
  const { code, error, left } = await rehearsals.run('--require-aws');
  cpSync(rehearsals.report(''), COUNTED, { recursive: true });
  const { checks, later, phases, localAws } = JSON.parse(
    readFileSync(rehearsals.report('report.json'), 'utf8'),
  ) as Required<Report>;
  const failed = [...checks, ...later].filter(
    ({ id, status }) => ['fail', 'skipped', 'waiting'].includes(status) && !NEEDS_TIME.includes(id),
  );
  expect(failed).toEqual([]);
  expect([code, left], error).toEqual([0, []]);
  // The user's configuration has no archive of logs, and its own thresholds; what the rehearsal changes stands apart.
  const ofUser = (id: string) => checks.find((check) => check.id === id);
  expect(ofUser('1.3.AC6')?.status).toBe('not applicable');
  expect(ofUser('1.1.AC5')?.status).toBe('waiting');
  expect(later.find(({ id }) => id === '1.3.AC6')).toMatchObject({ status: 'pass', when: 'after the change' });
  expect(later.find(({ id }) => id === '1.4.AC1')?.evidence).not.toBe(ofUser('1.4.AC1')?.evidence);
  expect(phases.map(({ title }) => title)).toEqual(
    expect.arrayContaining(['Bootstrap', 'Deploy everything', 'Destroy']),
  );
  // What nothing needs any more has to go from the extension; types are compared with the templates of all modes.
  const unused = localAws.filter(({ kind, uses }) => kind !== 'type' && uses === 0).map(({ name }) => name);
  // Stages that are updated from an earlier commit change outputs alone; the application of this configuration has a VPC
  // of one block; VPC origins are of the example with Umami.
  expect(unused).toEqual(['change sets of outputs', 'blocks of a vpc', 'AWS::CloudFront::VpcOrigin']);
  // Both servers were seen, or their ports would not have been checked.
  expect(rehearsals.progress).toMatch(/on port \d+, TLS only(.|\n)*http:\/\/127\.0\.0\.1:\d+, IAM enforced/);
});

test.each(['Ctrl-C', 'SIGKILL'] as const)(
  '%s in the middle of a deployment leaves nothing behind',
  { timeout: TIMEOUT },
  async (how) => {
    const child = rehearsals.startOnTerminal('--require-aws');
    const closed = once(child, 'exit');
    await expect
      .poll(async () => (await rehearsals.left()).join('\n'), { timeout: TIMEOUT / 2, interval: 500 })
      .toMatch(/bin\/cdk deploy/);
    expect((await rehearsals.left()).length).toBeGreaterThan(8);
    if (how === 'Ctrl-C') child.stdin?.write('\x03\x03');
    else process.kill(rehearsals.pid, 'SIGKILL');
    await closed;
    // A killed process cannot show the cursor again.
    const hidden = how === 'SIGKILL' ? ['The cursor was left hidden'] : [];
    const left = async () => (await rehearsals.left()).filter((one) => !hidden.includes(one));
    await expect.poll(left, { timeout: 30_000, interval: 500 }).toEqual([]);
  },
);
