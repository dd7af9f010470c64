import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SupervisedFolder } from '@user-metrics/supervisor';
import { expect, test } from 'vitest';

const env = { PATH: process.env['PATH'] ?? '' };

test('what a command has started and left behind ends with it, and the folder goes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'supervised-'));
  const supervised = new SupervisedFolder(folder);
  const running = supervised.run({ command: 'sh', args: ['-c', 'sleep 300 & echo $!'], env });
  expect(await running.exitCode).toBe(0);
  const left = Number(running.log());
  expect(left).toBeGreaterThan(1);
  await expect.poll(() => existsSync(`/proc/${left}/exe`)).toBe(false);
  await supervised.remove();
  expect(existsSync(folder)).toBe(false);
});

test('a command that cannot be started says why', async () => {
  const supervised = new SupervisedFolder(mkdtempSync(join(tmpdir(), 'supervised-')));
  const running = supervised.run({ command: 'no-such-command', args: [], env });
  expect(await running.exitCode).not.toBe(0);
  expect(running.log()).toContain('ENOENT');
  await supervised.remove();
});
