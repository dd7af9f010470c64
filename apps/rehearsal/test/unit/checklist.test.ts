import { expect, test } from 'vitest';
import { CHECKS } from '../../src/report/check';
import { Checklist } from '../../src/report/checklist';

test('a check that was never reached is waiting, never a pass', () => {
  const checklist = new Checklist();
  checklist.record('synth.stacks', 'pass', '6 stacks');
  expect(checklist.all().map(({ id }) => id)).toEqual(Object.keys(CHECKS));
  expect(checklist.all().filter(({ status }) => status === 'pass')).toHaveLength(1);
  const others = checklist.all().slice(1);
  expect(new Set(others.map(({ status }) => status))).toEqual(
    new Set(['waiting', 'not implemented', 'needs a real account']),
  );
  expect(others.find(({ id }) => id === 'lifecycle.deploy')?.evidence).toBe('not reached');
});

test('a verdict fails as soon as anything is wrong, and says all of it', () => {
  const checklist = new Checklist();
  checklist.verdict('synth.tags', ['one', 'two'], 'never shown');
  expect(checklist.failed).toEqual([
    { id: 'synth.tags', title: CHECKS['synth.tags'], status: 'fail', evidence: 'one; two' },
  ]);
});
