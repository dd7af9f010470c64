import { withResourcesListedOnce } from '@user-metrics/foundation/account';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { deployedChecks, existingApplicationChecks } from '../../lib/src/account/checks';
import { criteria, databaseCriteria } from '../../lib/src/account/checks/account-check';
import { runCheck } from '../../lib/src/account/observations';
import type { CheckId } from '../../lib/src/report/check';
import { CASES } from './cases';
import { reopen } from './plain-account';

// Each test changes one thing in the deployed account by a real call, sees exactly the checks fail that read it, and changes it back.

// The criteria last: one of them reads what `work.cost-trend` publishes.
const CHECKS = [...existingApplicationChecks, ...deployedChecks, ...criteria, ...databaseCriteria];

let account: Account;
beforeAll(async () => {
  account = await reopen(inject('account'));
});

/** What is wrong, by check. */
async function failures(checks = CHECKS): Promise<Partial<Record<CheckId, string>>> {
  const failed: Partial<Record<CheckId, string>> = {};
  const listed = withResourcesListedOnce(account);
  for (const check of checks) {
    const { wrong } = await runCheck(check, listed);
    if (wrong.length > 0) failed[check.id] = wrong.join('; ');
  }
  return failed;
}

test('all checks pass', async () => {
  expect(await failures()).toEqual({});
});

for (const { what, change, says } of CASES) {
  test(`${Object.keys(says).join(', ')} fail: ${what}`, async () => {
    const undo = await change(account);
    const found = await failures().finally(undo);
    expect(Object.keys(found).sort(), JSON.stringify(found, null, 1)).toEqual(Object.keys(says).sort());
    for (const [id, words] of Object.entries(says)) expect(found[id as CheckId]).toMatch(words);
    expect(await failures(CHECKS.filter(({ id }) => id in found))).toEqual({});
  });
}
