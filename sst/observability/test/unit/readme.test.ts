import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (...path: string[]) => readFileSync(join(__dirname, '..', '..', ...path), 'utf8');
const lines = (text: string) => text.split('\n').map((line) => line.trim());

/** The lines of ours in the application that `verify-sst` runs, without the choice of functions. */
const verified = lines(read('test', 'fixtures', 'application', 'sst.config.ts'))
  .filter((line) => line.endsWith('//+'))
  .map((line) => line.replace(/\s*\/\/\+$/, '').replace(/\(\[.*/, '(['));

test('the lines that the README adds are those that the real SST CLI runs', () => {
  const shown = lines(read('README.md')).flatMap((line) => /^(.*?)\s*\/\/ [1-5](?:,.*)?$/.exec(line)?.[1] ?? []);
  expect(verified).toHaveLength(5);
  expect(shown.map((line) => line.replace(/\(\[.*/, '(['))).toEqual(verified);
});
