import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../src/account/account';
import { CleanUp } from '../../src/clean-up';
import { Checklist } from '../../src/report/checklist';
import { noteVerification } from '../../src/steps/account/verify';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'note-verification-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the rehearsal notes of a deployment that wrote this report, or none. */
function noted(checks?: readonly object[]) {
  const deployed = mkdtempSync(join(folder, 'deployed-'));
  if (checks) {
    mkdirSync(join(deployed, 'verification'));
    writeFileSync(join(deployed, 'verification', 'report.json'), JSON.stringify({ checks }));
  }
  const checklist = new Checklist();
  const account = { config: { file: join(deployed, 'foundation.config.mjs') } } as Account;
  const options = { configFile: 'unused', output: join(deployed, 'output') };
  const signal = new AbortController().signal;
  const says = noteVerification({ options, checklist, cleanUp: new CleanUp(), signal, account });
  return { says, output: options.output, check: checklist.all().find(({ id }) => id === 'work.verify') };
}

const PASSED = { id: '1.1.AC1', status: 'pass', evidence: 'two subnets' };

test('a deployment whose criteria pass is noted, and its report kept', () => {
  const { says, output, check } = noted([PASSED]);
  expect(says).toBe(`1 criteria: ${join(output, 'verification', 'report.html')}`);
  expect(check).toMatchObject({ status: 'pass', evidence: says });
  expect(JSON.parse(readFileSync(join(output, 'verification', 'report.json'), 'utf8')).checks).toEqual([PASSED]);
});

test.each(['fail', 'unknown'])('a criterion that is %s fails it, with the reason', (status) => {
  const { check } = noted([PASSED, { id: '1.2.AC1', status, evidence: 'no schema' }]);
  expect(check).toMatchObject({ status: 'fail', evidence: `1.2.AC1 ${status}: no schema` });
});

test('a deployment that came to no verification leaves the check waiting', () => {
  expect(noted()).toMatchObject({ says: 'not verified', check: { status: 'waiting', evidence: 'not reached' } });
});
