import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const CI = join(__dirname, '..', '..', '..', '.ci');
const UNIT = 'packages/cost/test-reports/unit.json';
const PASSES = { numPassedTests: 3, testResults: [{ name: 'a', status: 'passed', assertionResults: [] }] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'count-'));
  for (const path of ['packages/cost/test/unit', 'apps', 'tools', 'sst'])
    mkdirSync(join(folder, path), { recursive: true });
  write(UNIT, PASSES);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: object | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

function count(...args: string[]): { status: number | null; lines: string[] } {
  const script = join(CI, 'count.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, lines: `${stdout}${stderr}`.split('\n').filter(Boolean) };
}

test('steps, tests and checks of the rehearsal are added up', () => {
  write('rehearsal/report.json', { checks: [{ status: 'pass' }, { status: 'waiting' }] });
  expect(count('4')).toEqual({ status: 0, lines: ['8 passed, 0 failed'] });
});

test('a run that ended before its first test is no pass, whether it wrote a report or not', () => {
  const none = { status: 1, lines: [`failed: no tests have run: ${UNIT}`, '4 passed, 1 failed'] };
  write(UNIT, { numPassedTests: 0, testResults: [] });
  expect(count('4')).toEqual(none);
  rmSync(join(folder, UNIT));
  expect(count('4')).toEqual(none);
});

test('what failed is named with the first line of its message: a test, a file that did not load, a check', () => {
  const failed = {
    status: 'failed',
    fullName: 'the budget is 150 USD',
    failureMessages: ['\u001b[31mError: got 100\u001b[0m\n    at budget.ts'],
  };
  write(UNIT, {
    numPassedTests: 1,
    testResults: [
      { name: join(folder, 'budget.test.ts'), status: 'failed', message: '', assertionResults: [failed] },
      { name: join(folder, 'tags.test.ts'), status: 'failed', message: 'SyntaxError: x\nmore', assertionResults: [] },
    ],
  });
  write('rehearsal/report.json', { checks: [{ title: 'Tags', status: 'fail', evidence: '1 of 68\nmore' }] });
  expect(count('0')).toEqual({
    status: 1,
    lines: [
      'failed: budget.test.ts: the budget is 150 USD: Error: got 100',
      'failed: tags.test.ts: SyntaxError: x',
      'failed: rehearsal: Tags: 1 of 68',
      '1 passed, 3 failed',
    ],
  });
});

test('a step that failed says which tasks of nx did, and the end of what they printed', () => {
  const log = [
    '✔  nx run @user-metrics/tagging:test',
    '',
    '> nx run @user-metrics/cost:integration',
    '',
    '> vitest run',
  ];
  const error = ['Error: PostgreSQL 16 could not be fetched', ' ❯ setup.ts:1:30', '', 'Warning: it ended'];
  write(
    'logs/test.failed',
    [...log, ...error, '✔  nx run @user-metrics/tagging:lint', ' NX   failed', 'much more'].join('\r\n'),
  );
  expect(count('0', join(folder, 'logs/test.failed')).lines).toEqual([
    'failed: step test',
    '  > nx run @user-metrics/cost:integration',
    '  > vitest run',
    '  Error: PostgreSQL 16 could not be fetched',
    '  Warning: it ended',
    '3 passed, 1 failed',
  ]);
});

test('when everything fails, the names of the tests are not far from the end', () => {
  const task = (number: number) => `> nx run t:${number}\n${'Error: no network\n'.repeat(20)}`;
  write('logs/test.failed', Array.from({ length: 30 }, (_, number) => task(number)).join(''));
  expect(count('0', join(folder, 'logs/test.failed')).lines).toHaveLength(52);
});

test('a step without nx says the end of what it printed', () => {
  write(
    'logs/install.failed',
    `npm\n${Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n')}\nnpm error ECONNRESET\n`,
  );
  const { lines } = count('0', join(folder, 'logs/install.failed'));
  expect(lines.at(-2)).toBe('  npm error ECONNRESET');
  expect(lines).toHaveLength(13);
});

/** A step of .ci/run that fails, and one that passes. */
test('.ci/run hands on the log of each step that failed', () => {
  mkdirSync(join(folder, 'bin'));
  for (const [name, script] of Object.entries({
    npm: 'exit 0',
    npx: 'echo "$@ went wrong"; [ "$*" != "projen lint" ]',
  })) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const copied = spawnSync('cp', ['-r', CI, join(folder, '.ci')]);
  expect(copied.status).toBe(0);
  spawnSync('git', ['init', '-q'], { cwd: folder });
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
  const { status, stdout } = spawnSync(join(folder, '.ci', 'run'), { cwd: folder, encoding: 'utf8', env });
  expect(status).toBe(1);
  expect(stdout).toMatch(/\nfailed: step lint\n {2}projen lint went wrong\n\n8 passed, 1 failed\n$/);
});
