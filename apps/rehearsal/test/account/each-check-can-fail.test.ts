import { beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { deployedChecks, neighbourChecks } from '../../lib/src/account/checks';
import { lookAt } from '../../lib/src/account/observations';
import type { CheckId } from '../../lib/src/report/check';
import { ACCESS } from './cases/access';
import { COST } from './cases/cost';
import { DATABASE, workRefused } from './cases/database';
import { NETWORK } from './cases/network';
import { CONTRACT_CASES } from './cases/parameters';
import { RIGHTS } from './cases/rights';
import { FRONTEND, STORAGE } from './cases/storage';
import { STORAGE_EXTRAS } from './cases/storage-extras';
import { TAGS } from './cases/tags';
import { reopen } from './plain-account';

// Each test breaks one thing in the deployed account, sees exactly the checks fail that cover it, and restores it.

const CHECKS = [...neighbourChecks, ...deployedChecks];
const CASES = [
  ...NETWORK,
  ...ACCESS,
  ...TAGS,
  ...CONTRACT_CASES,
  ...DATABASE,
  ...STORAGE,
  ...STORAGE_EXTRAS,
  ...FRONTEND,
  ...COST,
  ...RIGHTS,
];

let account: Account;
beforeAll(async () => {
  account = await reopen(inject('account'));
});

/** What is wrong, by check. */
async function failures(of: Account, checks = CHECKS): Promise<Partial<Record<CheckId, string>>> {
  const failed: Partial<Record<CheckId, string>> = {};
  for (const check of checks) {
    const { wrong } = await lookAt(check, of);
    if (wrong.length > 0) failed[check.id] = wrong.join('; ');
  }
  return failed;
}

test('all checks pass', async () => {
  expect(await failures(account)).toEqual({});
});

for (const { id, what, broken, says, touches = [] } of CASES) {
  test(`${id} fails: ${what}`, async () => {
    const restore = await broken(account);
    const found = await failures(account).finally(restore);
    expect(Object.keys(found).sort(), JSON.stringify(found, null, 1)).toEqual([id, ...touches].sort());
    expect(found[id]).toMatch(says);
    const affected = CHECKS.filter((check) => check.id in found);
    expect(await failures(account, affected)).toEqual({});
  });
}

test('1.2.IV2 fails: the application is refused while it works', async () => {
  expect(await failures(await workRefused(account))).toEqual({
    '1.2.IV2': expect.stringMatching(/^permission denied for table order/),
  });
});

test('1.2.IV1 fails: the admin secret has another value', async () => {
  const { before } = account;
  const database = { ...before.database, 'value of the admin secret': 'another' };
  expect(await failures({ ...account, before: { ...before, database } })).toEqual({
    '1.2.IV1': 'value of the admin secret changed',
  });
});

test('1.2.IV2 fails: the application did nothing', async () => {
  const { soFar, ordersWhenStopped } = account.workload;
  const idle = { ...account, workload: { ordersWhenStopped, soFar: { ...soFar, transactions: 0 } } };
  expect(await failures(idle)).toEqual({ '1.2.IV2': 'it did nothing' });
});

test('1.3.AC5 fails: the alarm goes off at another size', async () => {
  const config = structuredClone(account.config);
  const stage = config.foundation.stages[account.stage];
  if (stage) Object.assign(stage.storage, { alarmGib: 50 });
  expect(await failures({ ...account, config })).toEqual({ '1.3.AC5': 'no alarm at 50 GiB that tells somebody' });
});

test('1.3.AC6 fails: the archive that the configuration asks for is not there', async () => {
  const config = structuredClone(account.config);
  const stage = config.foundation.stages[account.stage];
  if (stage) Object.assign(stage.storage, { logArchive: { preset: 'afterOneYear' } });
  expect(await failures({ ...account, config })).toEqual({ '1.3.AC6': 'there is no such bucket' });
});

test('1.4.AC1 fails: the stage has no budget of its own', async () => {
  const config = structuredClone(account.config);
  Object.assign(config.foundation.accounts[account.id]?.cost ?? {}, { stageLimits: { dev: 40 } });
  expect(await failures({ ...account, config })).toEqual({ '1.4.AC1': 'the budget of stage dev is not there' });
});

test('every check has a case', () => {
  const cased = new Set<string>([...CASES.map(({ id }) => id), '1.2.IV2', '1.3.AC6', 'rights.operator']);
  expect(CHECKS.map(({ id }) => id).filter((id) => !cased.has(id))).toEqual([]);
});
