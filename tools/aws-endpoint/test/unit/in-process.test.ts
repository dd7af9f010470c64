import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHandler, runInProcess } from '@user-metrics/aws-endpoint';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'in-process-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function bundle(text: string): string {
  const file = join(folder, 'index.js');
  writeFileSync(file, text);
  return file;
}

test('a handler has its environment alone, and is evaluated anew each time', async () => {
  const file = bundle(`let runs = 0;
exports.handler = async () => {
  process.stdout.write('out');
  process.stderr.write('error');
  return [++runs, process.env];
};`);
  const before = process.env;
  for (const env of [{ A: '1' }, { B: '2' }])
    expect(await runHandler(file, env)).toEqual({ result: { returned: [1, env] }, stdout: 'out', stderr: 'error' });
  expect(process.env).toBe(before);
});

test('what a handler throws is its outcome', async () => {
  const { result } = await runHandler(bundle("exports.handler = async () => { throw new Error('no'); };"), {});
  expect(result).toEqual({ thrown: 'no' });
});

test('environment and output of the process are the same after a failure', async () => {
  const before = [process.env, process.stdout.write, process.stderr.write];
  await expect(runInProcess({}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect([process.env, process.stdout.write, process.stderr.write]).toEqual(before);
});
