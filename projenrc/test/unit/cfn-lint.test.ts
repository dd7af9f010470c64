import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CFN_LINT_VERSION, lintTemplates } from '../../cfn-lint/cfn-lint';

/** A Python that writes down what it is asked for, makes an environment of itself, and lints with a given exit code. */
const PYTHON = `#!/bin/sh
echo "$@" >> "$LOG"
case "$2" in
  venv) /bin/mkdir -p "$4/bin" && /bin/cp "$0" "$4/bin/python" && /bin/cp "$0" "$4/bin/cfn-lint" ;;
  pip) exit "\${PIP:-0}" ;;
  W3005) exit "\${LINT:-0}" ;;
esac
`;

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-cfn-lint-'));
  said = [];
  for (const name of ['bin', 'templates', 'empty']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'bin', 'python3'), PYTHON);
  chmodSync(join(folder, 'bin', 'python3'), 0o755);
  writeFileSync(join(folder, 'templates', 'A.template.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lint(env: NodeJS.ProcessEnv = {}, templates = 'templates'): number {
  const surroundings = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache'), LOG: join(folder, 'log') };
  return lintTemplates(join(folder, templates), { env: { ...surroundings, ...env }, say: (line) => said.push(line) });
}

const asked = () => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');

test('is installed once, into the cache folder, and lints every template', () => {
  expect([lint(), lint()]).toEqual([0, 0]);
  expect(asked().filter((line) => line.includes('pip install'))).toHaveLength(1);
  expect(asked().filter((line) => line.startsWith('--ignore-checks'))).toEqual(
    Array(2).fill(`--ignore-checks W3005 -- ${join(folder, 'templates', 'A.template.json')}`),
  );
  expect(existsSync(join(folder, 'cache', 'user-metrics', `cfn-lint-${CFN_LINT_VERSION}`))).toBe(true);
});

test.each(['2', '4'])('a finding fails, warnings too (exit code %s)', (code) => {
  expect(lint({ LINT: code })).toBe(1);
});

test('without Python it is skipped with a word', () => {
  expect(lint({ PATH: join(folder, 'empty') })).toBe(0);
  expect(said).toEqual(['cfn-lint is skipped: there is no Python 3 with venv on this machine.']);
});

test('an installation that fails is said, and done again the next time', () => {
  expect(lint({ PIP: '1' })).toBe(1);
  expect(said.at(-1)).toMatch(/^cfn-lint must be installable from PyPI\./);
  expect(lint()).toBe(0);
  expect(asked().filter((line) => line.includes('pip install'))).toHaveLength(2);
});

test('fails when nothing is synthesised', () => {
  expect(lint({}, 'empty')).toBe(1);
  expect(lint({}, 'nowhere')).toBe(1);
  expect(said[0]).toMatch(/^`folder` must hold synthesised templates, got: .*Synthesise first: npx projen synth$/);
});
