import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { TerminalSession } from '@user-metrics/supervisor';
import { afterEach, describe, expect, test } from 'vitest';
import { startAccount } from './aws-endpoint';
import { BIN, environment, signedIn } from './command-line';
import { configFile } from './config-file';

const isTestAll = process.env['USER_METRICS_TEST_ALL'] === 'true';
const close: (() => Promise<void> | void)[] = [];
afterEach(() => Promise.all(close.splice(0).map((end) => end())));

function withConfig(line = '', name?: string): string {
  const file = configFile((text) => `${text}\n${line}`, name);
  close.push(() => rmSync(dirname(file), { recursive: true }));
  return file;
}

interface Phase {
  readonly command: readonly string[];
  /** Beginning of the action that the account does not answer: the command waits there. */
  readonly silentAt?: string;
  /** What the terminal shows in this phase. */
  readonly shows?: string;
  readonly config?: string;
}

async function start({ command: [name = '', ...args], silentAt, config }: Phase) {
  const endpoint = await startAccount({
    account: '111122223333',
    isBootstrapped: true,
    stacks: [],
    ...(silentAt && { silentAt }),
  });
  const terminal = new TerminalSession(
    [process.execPath, BIN, name, '--config', config ?? withConfig(), '--', ...args],
    environment(signedIn(endpoint.url)),
  );
  close.push(
    () => terminal.close(),
    () => endpoint.close(),
  );
  const actions = () => endpoint.asked.map(({ action }) => action);
  return { terminal, actions };
}

async function reach({ silentAt, shows = '' }: Phase, { terminal, actions }: Awaited<ReturnType<typeof start>>) {
  const isThere = () =>
    terminal.shown.includes(shows) && (!silentAt || actions().some((action) => action.startsWith(silentAt)));
  await expect.poll(isThere, { timeout: 100_000, interval: 20, message: terminal.shown }).toBe(true);
}

const WAITING = "process.stdout.write('reading'); await new Promise((end) => setTimeout(end, 600_000));";

describe('Ctrl-C ends a command, and leaves no process, no temporary folder and a terminal as it was', () => {
  // By default one of what we do, one of what we ask the account, and one of the CDK CLI.
  const PHASES: [title: string, times: number, phase: () => Phase][] = [
    ['synth synthesises', 1, () => ({ command: ['synth'], shows: 'Synthesising' })],
    ['deploy asks the account', 1, () => ({ command: ['deploy'], silentAt: 'GetCallerIdentity' })],
    ['the CDK CLI uploads', 2, () => ({ command: ['deploy', '--require-approval', 'never'], silentAt: 'PUT' })],
  ];
  const FURTHER: typeof PHASES = [
    ['synth runs the configuration', 1, () => ({ command: ['synth'], shows: 'reading', config: withConfig(WAITING) })],
    [
      'synth checks the types',
      1,
      () => ({
        command: ['synth'],
        shows: 'read',
        config: withConfig("process.stdout.write('read')", 'foundation.config.ts'),
      }),
    ],
    ['alert-test asks the account', 1, () => ({ command: ['alert-test'], silentAt: 'GetCallerIdentity' })],
    ['the CDK CLI compares', 1, () => ({ command: ['diff'], silentAt: 'AssumeRole' })],
    ['the CDK CLI deletes', 2, () => ({ command: ['destroy', '--force'], silentAt: 'AssumeRole' })],
  ];
  test.each(isTestAll ? [...PHASES, ...FURTHER] : PHASES)('while %s; typed %i times', async (_, times, makePhase) => {
    const phase = makePhase();
    const started = await start(phase);
    await reach(phase, started);
    for (let time = 0; time < times; time += 1) started.terminal.typeCtrlC();
    expect(await started.terminal.exitCode).toBe(130);
    await expect.poll(() => started.terminal.left()).toEqual([]);
    // What diff asks when the CDK CLI has ended.
    if (phase.command[0] === 'diff') expect(started.actions()).not.toContain('ListStacks');
  });
});

test('Ctrl-C at the question of destroy deletes nothing', async () => {
  const phase = { command: ['destroy'], shows: '(y/n)' };
  const started = await start(phase);
  await reach(phase, started);
  started.terminal.typeCtrlC();
  // The CDK CLI reads the key itself, and ends as after a "no".
  expect(await started.terminal.exitCode).toBe(1);
  await expect.poll(() => started.terminal.left()).toEqual([]);
  expect(started.actions().filter((action) => action.startsWith('Delete'))).toEqual([]);
});
