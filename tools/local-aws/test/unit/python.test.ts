import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findPython, PythonMissing } from '../../src/index';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'python-'));
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A command that answers the probe. */
function command(name: string, answer: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho ${answer}\n`);
  chmodSync(join(folder, name), 0o755);
}

async function missing(): Promise<PythonMissing> {
  const error = await findPython().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(PythonMissing);
  return error;
}

test('the first one that is new enough is taken', async () => {
  command('python3', 'venv 3 9');
  command('python3.12', 'venv 3 12');
  command('python3.11', 'venv 3 11');
  expect(await findPython()).toEqual({ command: 'python3.12', version: '3.12' });
});

test('none at all, with the command that would bring it', async () => {
  const { message, remedy } = await missing();
  expect(message).toBe(
    `The local AWS needs Python 3.10 or newer with venv, and there is none. ${remedy} would bring it.`,
  );
  expect(remedy).toMatch(/install python3/);
});

test('one that is too old', async () => {
  command('python3', 'venv 3 9');
  expect((await missing()).reason).toMatch(/and python3 is 3\.9\.$/);
});

test('one without what virtual environments need', async () => {
  command('python3', 'no-venv 3 12');
  expect((await missing()).reason).toMatch(/and python3 is 3\.12 without venv\.$/);
});
