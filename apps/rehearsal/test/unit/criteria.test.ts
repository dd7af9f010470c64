import { CRITERIA } from '@user-metrics/foundation';
import type { CheckStatus } from '@user-metrics/foundation/report';
import { VERIFIED_CRITERIA } from '@user-metrics/foundation/verification';
import { expect, test } from 'vitest';
import { deployedChecks, existingApplicationChecks } from '../../src/account/checks';
import { CHECKS, type CheckId, needsAccount, SECTIONS } from '../../src/report/check';
import { Checklist } from '../../src/report/checklist';
import { NEEDS_ACCOUNT } from '../../src/report/needs-account';

const criteria = Object.values(CRITERIA).flatMap((story) => Object.keys(story));
const checked = [...deployedChecks, ...existingApplicationChecks].map(({ id }) => id as string);

test('each criterion of the four stories is there once', () => {
  const expected = [...ids('1.1', 7, 3), ...ids('1.2', 6, 3), ...ids('1.3', 6, 3), ...ids('1.4', 6, 3)];
  expect(criteria).toEqual(expected);
});

function ids(story: string, acceptance: number, integration: number): string[] {
  const range = (count: number, kind: string) => Array.from({ length: count }, (_, at) => `${story}.${kind}${at + 1}`);
  return [...range(acceptance, 'AC'), ...range(integration, 'IV')];
}

test('each is verified by the deployment, or cannot be proved here: exactly one of them', () => {
  const homes = [...VERIFIED_CRITERIA.map(({ id }) => id), ...Object.keys(NEEDS_ACCOUNT)];
  expect(criteria.filter((id) => homes.filter((one) => one === id).length !== 1)).toEqual([]);
});

test('every right has a check, and no check is outside the report', () => {
  expect(Object.keys(SECTIONS['Rights, by real calls']).filter((id) => !checked.includes(id))).toEqual([]);
  expect(checked.filter((id) => !(id in CHECKS))).toEqual([]);
});

test('what cannot be proved here says the command that proves it', () => {
  const checks = new Checklist().all().filter(({ status }) => status === 'needs a real account');
  expect(checks.map(({ id }) => id).sort()).toEqual(Object.keys(NEEDS_ACCOUNT).sort());
  for (const { evidence } of checks) expect(evidence).toMatch(/^In an account: .*(aws [a-z0-9-]+ [a-z-]+|npx projen) /);
});

test('without an account only what needs one is skipped, with the reason', () => {
  const checklist = new Checklist();
  checklist.skipAccount('There is no Python');
  const having = (wanted: CheckStatus) => checklist.all().filter(({ status }) => status === wanted);
  expect(new Set(having('skipped').map(({ evidence }) => evidence))).toEqual(new Set(['There is no Python']));
  expect(having('waiting').map(({ id }) => id)).toEqual(
    Object.keys(SECTIONS['Database function, from the synthesized assembly']),
  );
  expect(having('pass')).toEqual([]);
  expect((Object.keys(CHECKS) as CheckId[]).filter((id) => !needsAccount(id))).toHaveLength(16);
});

test('what was checked before the account was left out keeps its result', () => {
  const checklist = new Checklist();
  checklist.record('lifecycle.bootstrap', 'fail', 'no such command');
  checklist.skipAccount('Left out');
  expect(checklist.failed.map(({ id }) => id)).toEqual(['lifecycle.bootstrap']);
});
