import { TerminalSession } from '@user-metrics/supervisor';
import { afterEach, beforeEach, expect, test } from 'vitest';

let session: TerminalSession | undefined;
beforeEach(() => {
  session = undefined;
});
afterEach(() => session?.close());

async function run(script: string) {
  session = new TerminalSession(['sh', '-c', script]);
  return { code: await session.exitCode, left: session.left(), shown: session.shown };
}

test('a command sees a terminal, and its exit code is told', async () => {
  expect(await run('test -t 0 && test -t 1 && echo shown; exit 3')).toEqual({ code: 3, left: [], shown: 'shown\r\n' });
});

test('Ctrl-C ends what listens to no signal, with 130', async () => {
  session = new TerminalSession(['sh', '-c', 'echo ready; sleep 300']);
  await expect.poll(() => session?.shown, { timeout: 20_000 }).toContain('ready');
  session.typeCtrlC();
  expect(await session.exitCode).toBe(130);
  expect(session.left()).toEqual([]);
});

test.each([
  ['a file', 'touch "$TMPDIR/file"', ['file']],
  [
    'a process',
    `trap '' HUP; sleep 300 >/dev/null 2>&1 </dev/null &`,
    [expect.stringMatching(/^process \d+: sleep 300/)],
  ],
  ['a terminal without echo', 'stty -echo', ['The terminal was left changed']],
  ['a hidden cursor', "printf '\\033[?25l'", ['The cursor was left hidden']],
])('%s that is left is found', async (_, script, left) => {
  await run(script);
  // A process that was just started is a copy of its shell for a moment.
  await expect.poll(() => session?.left()).toEqual(left);
  for (const line of session?.left() ?? []) {
    const [, pid] = /^process (\d+)/.exec(line) ?? [];
    if (pid) process.kill(Number(pid));
  }
});
