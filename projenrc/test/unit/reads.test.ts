import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInput } from '../../vitest/reads';

const REFERENCE = join(__dirname, '../../../packages/cost/API.md');

test('a test that reads what is no input of its target fails, and is told where to name it', () => {
  const message = /`testsRead` of the repository .* got: packages\/cost\/API\.md is not named.*run: npx projen$/;
  expect(() => readFileSync(REFERENCE)).toThrow(message);
  expect(() => readFile(REFERENCE)).toThrow(message);
  expect(() => readdirSync(join(REFERENCE, '..', 'src'))).toThrow(/packages\/cost\/src is not named/);
  expect(readFileSync(join(REFERENCE, '..', 'package.json'), 'utf8')).toContain('@user-metrics/cost');
});

const INPUTS = ['examples/**/*', 'docs/page.md', 'tools/*/package.json'];

test.each([
  ['its own', 'packages/cost/test/fixtures/a.json', true],
  ['code of a dependency', 'packages/tagging/lib/src/index.js', true],
  ['Markdown of a dependency', 'packages/tagging/README.md', false],
  ['tests of a dependency', 'packages/tagging/test/fixtures/a.json', false],
  ['a package of npm', 'node_modules/zod/README.md', true],
  ['a file of the repository', 'docs/other.md', false],
  ['a named file', 'docs/page.md', true],
  ['a file beside one that is named', 'docs/page.md.txt', false],
  ['a file in a named folder', 'examples/deep/app.ts', true],
  ['a named folder', 'examples', true],
  ['a folder beside one that is named', 'examples-2/app.ts', false],
])('%s: %s', (_, file, expected) => {
  expect(isInput({ file, workspace: 'packages/cost', inputs: INPUTS })).toBe(expected);
});

test('the repository has no dependencies: its tests name each file of a workspace', () => {
  const read = (file: string) => isInput({ file, workspace: '', inputs: INPUTS });
  expect(['docs/other.md', 'tools/supervisor/package.json', 'tools/supervisor/src/package.json'].map(read)).toEqual([
    true,
    true,
    false,
  ]);
});
