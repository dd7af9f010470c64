import { expect, test } from 'vitest';
import type { Account } from '../../src/account/account';
import type { AccountCheck } from '../../src/account/checks/account-check';
import { Observations } from '../../src/account/observations';
import { Checklist } from '../../src/report/checklist';

const account = {} as Account;

/** A check that finds this, one after the other. */
function finding(...findings: (readonly string[] | Error)[]): AccountCheck {
  return {
    id: '1.1.IV1',
    run: async () => {
      const next = findings.shift();
      if (next instanceof Error) throw next;
      return { wrong: next ?? [], evidence: '12 descriptions compared' };
    },
  };
}

async function checkAll(check: AccountCheck, ...times: string[]): Promise<{ status?: string; evidence?: string }> {
  const checklist = new Checklist();
  const observations = new Observations(checklist);
  for (const when of times) await observations.check(account, [check], when);
  const { status, evidence } = checklist.all().find(({ id }) => id === check.id) ?? {};
  return { ...(status ? { status } : {}), ...(evidence ? { evidence } : {}) };
}

test('nothing wrong is a pass', async () => {
  expect(await checkAll(finding([]), 'once')).toEqual({ status: 'pass', evidence: '12 descriptions compared' });
});

test('nothing wrong at any time is a pass that counts', async () => {
  expect(await checkAll(finding([], [], []), 'a', 'b', 'c')).toEqual({
    status: 'pass',
    evidence: '12 descriptions compared; checked 3 times',
  });
});

test('what was wrong once stays wrong, with the time', async () => {
  expect(await checkAll(finding([], ['rtb-1 is gone'], []), 'first', 'after the change', 'last')).toEqual({
    status: 'fail',
    evidence: 'after the change: rtb-1 is gone',
  });
});

test('what is wrong twice is told twice, and of many only the first', async () => {
  const many = ['1', '2', '3', '4', '5', '6', '7'];
  expect(await checkAll(finding(['a'], many), 'first', 'last')).toEqual({
    status: 'fail',
    evidence: 'first: a; last: 1; 2; 3; 4; 5; and 2 more',
  });
});

test('a check that throws has failed', async () => {
  expect(await checkAll(finding(new TypeError('no such bucket')), 'first')).toEqual({
    status: 'fail',
    evidence: 'first: it could not be checked: TypeError: no such bucket',
  });
});

test("what another configuration gives stands apart from what the user's own gave", async () => {
  const checklist = new Checklist();
  const observations = new Observations(checklist);
  const ofAlerts = (...evidences: string[]): AccountCheck => ({
    id: '1.4.AC1',
    run: async () => ({ wrong: [], evidence: evidences.shift() ?? '' }),
  });
  const check = ofAlerts('80 %', '72 %');
  await observations.check(account, [check], 'after the deployment');
  await observations.checkLater(account, [check], 'after the change');
  const optional: AccountCheck = {
    id: '1.3.AC6',
    run: async () => ({ applies: false, wrong: [], evidence: 'not given' }),
  };
  await observations.check(account, [optional], 'after the deployment');
  await observations.checkLater(account, [finding(['gone'])], 'after destroy');
  const results = checklist.all().filter(({ status }) => status === 'pass' || status === 'not applicable');
  expect(results.map(({ id, status, evidence }) => [id, status, evidence])).toEqual([
    ['1.3.AC6', 'not applicable', 'not given'],
    ['1.4.AC1', 'pass', '80 %'],
  ]);
  expect(checklist.later().map(({ id, when, status, evidence }) => [id, when, status, evidence])).toEqual([
    ['1.4.AC1', 'after the change', 'pass', '72 %'],
    ['1.1.IV1', 'after destroy', 'fail', 'gone'],
  ]);
  expect(checklist.failed.map(({ id }) => id)).toEqual(['1.1.IV1']);
});

test('a criterion of which a part needs a real account is waiting, not passed', async () => {
  const partly: AccountCheck = {
    id: '1.1.AC5',
    run: async () => ({ wrong: [], evidence: '9 of 9', waitsFor: 'the activation needs a real account' }),
  };
  expect(await checkAll(partly, 'once')).toEqual({
    status: 'waiting',
    evidence: '9 of 9; the activation needs a real account',
  });
});
