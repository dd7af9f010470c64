import { describe, expect, test } from 'vitest';
import { BLIND_BUDGET, blindBudget } from '../../src/cost-allocation';

const ACCOUNT = '111122223333';

test('a budget whose keys are all active is not blind', () => {
  expect(blindBudget(ACCOUNT, { Project: 'active', Environment: 'active' })).toEqual([]);
});

describe('a budget is blind', () => {
  test.each(['requested', 'not-yet-seen', 'refused', 'unknown'] as const)('while a key is %s', (state) => {
    expect(blindBudget(ACCOUNT, { Project: 'active', Environment: state })).toEqual([
      `${BLIND_BUDGET} (Project active, Environment ${state}).`,
      'AWS is asked once a day to activate them, as soon as Billing knows them, which takes up to 24 hours.',
    ]);
  });

  test('in a member account, with the steps of the payer account', () => {
    const [sentence, ...steps] = blindBudget(ACCOUNT, { Project: 'no-access' });
    expect(sentence).toBe(`${BLIND_BUDGET} (Project no-access).`);
    expect(steps.join('\n')).toContain(`payer (management) account; account ${ACCOUNT} is a member and may not`);
    expect(steps.join('\n')).toContain('--cost-allocation-tags-status TagKey=Project,Status=Active');
    expect(steps.join('\n')).not.toContain('AWS is asked');
  });
});
