import type { CheckStatus } from '@user-metrics/foundation/report';
import { expect, test } from 'vitest';
import { CHECKS, type CheckId } from '../../src/report/check';
import { Checklist } from '../../src/report/checklist';

test('a check that was never reached is waiting, never a pass', () => {
  const checklist = new Checklist();
  checklist.record('synth.stacks', 'pass', '6 stacks');
  expect(checklist.all().map(({ id }) => id)).toEqual(Object.keys(CHECKS));
  expect(checklist.all().filter(({ status }) => status === 'pass')).toHaveLength(1);
  const others = checklist.all().slice(1);
  expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['waiting', 'needs a real account']));
  expect(others.find(({ id }) => id === 'lifecycle.deploy')?.evidence).toBe('not reached');
});

test('a verdict fails as soon as anything is wrong, and says all of it', () => {
  const checklist = new Checklist();
  checklist.verdict('synth.tags', ['one', 'two'], 'never shown');
  expect(checklist.failed).toEqual([
    { id: 'synth.tags', title: CHECKS['synth.tags'], status: 'fail', evidence: 'one; two' },
  ]);
});

test('a criterion is as verify reports it, beside what the rehearsal saw; a failed check of the rehearsal stays failed', () => {
  const checklist = new Checklist();
  const verified = (id: CheckId, status: CheckStatus) => ({ id, title: CHECKS[id], status, evidence: 'by verify' });
  checklist.record('1.1.IV1', 'pass', '8 descriptions');
  checklist.record('1.1.IV2', 'fail', 'no answer');
  checklist.record('1.3.IV3', 'pass', '3 objects');
  checklist.recordVerified([
    verified('1.1.IV1', 'pass'),
    verified('1.1.IV2', 'pass'),
    verified('1.3.IV3', 'not applicable'),
    verified('1.4.AC1', 'fail'),
    verified('1.4.AC5', 'not applicable'),
  ]);
  const shown = (id: CheckId) => {
    const { status, evidence } = checklist.all().find((check) => check.id === id) ?? {};
    return [status, evidence];
  };
  expect(shown('1.1.IV1')).toEqual(['pass', 'by verify; by the rehearsal: 8 descriptions']);
  expect(shown('1.1.IV2')).toEqual(['fail', 'no answer']);
  expect(shown('1.3.IV3')).toEqual(['pass', '3 objects']);
  expect(shown('1.4.AC1')).toEqual(['fail', 'by verify']);
  expect(shown('1.4.AC5')).toEqual(['not applicable', 'by verify']);
  expect(shown('real.e-mail')[0]).toBe('needs a real account');
});
