import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { budgetTagStatusAfterDeployment } from '../../src/account/budget-tag-status';
import { type AlertAccount, startAlertAccount } from './alert-endpoint';
import { signedIn } from './command-line';

const ACCOUNT = '111122223333';
const COST = { region: 'us-east-1', budget: true, limit: 150, stageLimits: {} } as Parameters<
  typeof budgetTagStatusAfterDeployment
>[1];

let account: AlertAccount;
beforeEach(async () => {
  account = await startAlertAccount();
  for (const [name, value] of Object.entries(signedIn(account.url))) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  return account.close();
});

describe('at the end of a deployment', () => {
  test('what the budget has counted is said', async () => {
    expect(await budgetTagStatusAfterDeployment(ACCOUNT, COST)).toEqual([
      'The budget has counted $12.30 of $150 this month.',
    ]);
  });

  test('that a tag is not active is said, for the key of the stages too when they have budgets', async () => {
    account.tagKeys['Environment'] = 'not-yet-seen';
    const [counted, sentence] = await budgetTagStatusAfterDeployment(ACCOUNT, { ...COST, stageLimits: { dev: 40 } });
    expect(counted).toBe('The budget has counted $12.30 of $150 this month.');
    expect(sentence).toMatch(/^A budget over tags counts \$0, .* \(Project active, Environment not-yet-seen\)\.$/);
  });

  test('nothing is said where the account has no budget', async () => {
    expect(await budgetTagStatusAfterDeployment(ACCOUNT, { ...COST, budget: false })).toEqual([]);
    expect(account.asked).toEqual([]);
  });

  test('what cannot be read is said, and nothing fails', async () => {
    account.isDeployed = false;
    expect(await budgetTagStatusAfterDeployment(ACCOUNT, COST)).toEqual([
      expect.stringMatching(
        /^What the budget has counted could not be read: UserMetrics-Cost is not deployed in account/,
      ),
    ]);
  });
});
