import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Report } from '@user-metrics/foundation/report';
import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentOf, urlOf } from '../support/given-server';
import { RehearsalProcesses } from '../support/rehearsal-process';

const isTestAll = process.env['USER_METRICS_TEST_ALL'] === 'true';

/** Two rehearsals on one server see each other's databases come and go. */
const CATALOG = 'application.catalog';

let server: PostgresServer;
let before: string[];
beforeAll(async () => {
  server = await startPostgres();
  before = await contentOf(server);
});
afterAll(() => server.stop());

let rehearsals: RehearsalProcesses;
beforeEach(() => {
  rehearsals = new RehearsalProcesses();
});
afterEach(() => rehearsals.remove());

/** What is seen on the terminal once the step begins: the summary of the step before it. */
const BEGINNINGS = {
  'Synthesise the stacks': 'Synthesise the stacks',
  'Start PostgreSQL': 'Synthesise the stacks: ',
  'Create an application in the database': 'Start PostgreSQL: ',
  'Run the database function': 'Create an application in the database: ',
  Compare: 'Run the database function: ',
  'Update, then delete': 'Compare: ',
};

/** Steps in which Ctrl-C is typed twice as well: what it meets then is the removal of what the steps before have made. */
const TWICE = ['Create an application in the database', 'Compare'];
const CTRL_C = Object.entries(BEGINNINGS)
  .flatMap(([step, beginning]) => (TWICE.includes(step) ? [1, 2] : [1]).map((times) => ({ step, times, beginning })))
  .filter(({ step, times }) => isTestAll || (step === TWICE[0] ? times === 2 : step === 'Run the database function'));

const until = (text: string) =>
  expect.poll(() => rehearsals.progress, { timeout: 60_000, interval: 20 }).toContain(text);

/** Waits until nothing is left of a rehearsal, in its folder and on the server. */
async function untilNothingIsLeft(): Promise<void> {
  await expect.poll(() => rehearsals.left(), { timeout: 30_000 }).toEqual([]);
  await expect.poll(() => contentOf(server), { timeout: 30_000 }).toEqual(before);
}

/** Whether Ctrl-C came before the end: on a loaded machine the steps may be faster than the key. */
async function typeCtrlC(child: ChildProcess): Promise<boolean> {
  child.stdin?.write('\x03');
  const isStopping = () => rehearsals.progress.includes('Stopping. What the rehearsal made is removed first');
  await expect.poll(() => isStopping() || child.exitCode !== null, { timeout: 60_000, interval: 20 }).toBe(true);
  return isStopping();
}

test.each(CTRL_C)(
  'Ctrl-C on a terminal in the step $step, typed $times times, leaves nothing behind',
  async ({ beginning, times }) => {
    for (;;) {
      const child = rehearsals.startOnTerminal('--fast', '--database-url', urlOf(server));
      const closed = once(child, 'close');
      await until(beginning);
      const isInTime = await typeCtrlC(child);
      if (isInTime && times === 2) await typeCtrlC(child);
      expect((await closed)[0]).toBe(isInTime ? 130 : 0);
      await untilNothingIsLeft();
      if (isInTime) return;
      rehearsals.remove();
      rehearsals = new RehearsalProcesses();
    }
  },
);

test.each(isTestAll ? (['SIGINT', 'SIGTERM', 'SIGHUP'] as const) : (['SIGTERM'] as const))(
  '%s leaves nothing behind while PostgreSQL starts',
  async (signal) => {
    const child = rehearsals.start('--fast');
    child.stdout?.resume();
    const closed = once(child, 'close');
    await until('Start PostgreSQL');
    child.kill(signal);
    await closed;
    await untilNothingIsLeft();
  },
);

test('SIGKILL leaves no server and no folder behind', async () => {
  const child = rehearsals.start('--fast');
  await until('Create an application in the database');
  child.kill('SIGKILL');
  await untilNothingIsLeft();
});

test('what SIGKILL leaves on a server of the user is named and removed by the next run, not what another run uses', async () => {
  const killed = rehearsals.start('--fast', '--database-url', urlOf(server));
  await until('Compare');
  killed.kill('SIGKILL');
  await once(killed, 'close');
  const [database = ''] = (await contentOf(server)).filter((name) => name.startsWith('rehearsal_database_'));
  expect(database).not.toBe('');

  const outcomes = await Promise.all(
    [0, 1].map(() => rehearsals.run('--fast', '--json', '--database-url', urlOf(server))),
  );
  const unexpected = outcomes.flatMap(({ out }) =>
    (JSON.parse(out) as Report).checks.filter(({ status, id }) => /fail|waiting/.test(status) && id !== CATALOG),
  );
  expect(unexpected).toEqual([]);
  expect(rehearsals.progress).toContain(
    `removed what a killed rehearsal had left: ${database} and its three database roles`,
  );
  await untilNothingIsLeft();
});
