import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const LIBRARY = join(__dirname, '..', '..', 'lib', 'src', 'commands', 'process', 'child-process.js');

/** A process that runs another one to its end, as the commands run the CDK CLI, and prints the pid of that. */
const SCRIPT = `
  const { runToEnd } = require(${JSON.stringify(LIBRARY)});
  runToEnd(process.execPath, ['-e', 'console.log(String(process.pid)); setInterval(() => {}, 1000)']).then((code) => process.exit(code));`;

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('on %s the command it runs ends too', async (signal, code) => {
  const parent = spawn(process.execPath, ['-e', SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  parent.kill(signal);
  expect((await once(parent, 'exit'))[0]).toBe(code);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a second Ctrl-C does not end us before the command has ended', async () => {
  const child = `
    process.on('SIGTERM', () => console.log('stopping'));
    process.on('SIGUSR2', () => process.exit(7));
    console.log(String(process.pid));
    setInterval(() => {}, 1000);`;
  const script = `require(${JSON.stringify(LIBRARY)}).runToEnd(process.execPath, ['-e', ${JSON.stringify(child)}]).then((code) => process.exit(code));`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  parent.stdout.setEncoding('utf8').on('data', (text) => said.push(text));
  await expect.poll(() => said.join('')).toMatch(/^\d+\n/);
  parent.kill('SIGINT');
  await expect.poll(() => said.join('')).toContain('stopping');
  parent.kill('SIGINT');
  process.kill(Number.parseInt(said.join(''), 10), 'SIGUSR2');
  expect(await once(parent, 'exit')).toEqual([7, null]);
});

test('when the process that started it is gone, both end: projen passes no signals on', async () => {
  const outer = `
    const { spawn } = require('node:child_process');
    spawn(process.execPath, ['-e', ${JSON.stringify(SCRIPT)}], { stdio: 'inherit' });
    setInterval(() => {}, 1000);`;
  const projen = spawn(process.execPath, ['-e', outer], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(projen.stdout, 'data');
  const pid = Number(String(line));
  projen.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});
