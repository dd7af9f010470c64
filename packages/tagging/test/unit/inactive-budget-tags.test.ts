import { describe, expect, test } from 'vitest';
import { INACTIVE_BUDGET_TAGS, inactiveBudgetTags, knownStates, payerHandOver } from '../../src/cost-allocation';

const ACCOUNT = '111122223333';

test('costs that were counted under a key show that it is active, whatever Billing lets the account ask', () => {
  const keys = { Project: 'no-access', Owner: 'no-access', Environment: 'requested' } as const;
  expect(knownStates(keys, ['Project', 'Environment', 'Other'])).toEqual({
    Project: 'active',
    Owner: 'no-access',
    Environment: 'active',
  });
});

test('nothing is said of a budget whose keys are all active', () => {
  expect(inactiveBudgetTags(ACCOUNT, { Project: 'active', Environment: 'active' })).toEqual([]);
});

describe('a budget counts nothing', () => {
  test.each(['requested', 'not-yet-seen', 'unknown'] as const)('while a key is %s', (state) => {
    expect(inactiveBudgetTags(ACCOUNT, { Project: 'active', Environment: state })).toEqual([
      `${INACTIVE_BUDGET_TAGS} (Project active, Environment ${state}).`,
      'AWS is asked once a day to activate Environment, as soon as Billing knows them, which takes up to 24 hours:' +
        ' nothing to do until then.',
    ]);
  });

  test('while AWS refuses a key: somebody has to act, and what AWS said is said', () => {
    const [, said, sentence] = inactiveBudgetTags(ACCOUNT, { Project: 'refused' }, ['Project: LimitExceeded Too many']);
    expect(said).toBe('AWS said: Project: LimitExceeded Too many');
    expect(sentence).toBe('Somebody has to act: AWS refuses to activate Project, for the reason above.');
  });

  test('in a member account, with what AWS said and the steps of the payer account', () => {
    const message = "Linked account doesn't have access to cost allocation tags.";
    const [sentence, ...steps] = inactiveBudgetTags(ACCOUNT, { Project: 'no-access', Environment: 'active' }, [
      message,
    ]);
    expect(sentence).toBe(`${INACTIVE_BUDGET_TAGS} (Project no-access, Environment active).`);
    expect(steps.join('\n')).toContain('Whether Project is active is not known: this account may not ask Billing');
    expect(steps.join('\n')).toContain(`AWS said: ${message}`);
    expect(steps.join('\n')).toContain(`payer (management) account; account ${ACCOUNT} is a member and may not`);
    expect(steps.join('\n')).toContain('--cost-allocation-tags-status TagKey=Project,Status=Active\n');
    expect(steps.join('\n')).not.toContain('AWS is asked');
  });
});

describe('an account is called a member only where AWS says so', () => {
  const ROLE = 'User: arn:aws:sts::111122223333:assumed-role/F is not authorized to perform: ce:ListCostAllocationTags';

  test.each([
    ['no policy allows it', `${ROLE} because no identity-based policy allows the ce:ListCostAllocationTags action`],
    ['a policy denies it', `${ROLE} with an explicit deny in an identity-based policy`],
    ['an organisation denies it', `${ROLE} with an explicit deny in a service control policy`],
  ])('%s: the right must be granted, and the other case is named', (_, said) => {
    const text = payerHandOver({ account: ACCOUNT, said: [said] });
    expect(text).toContain(`Account ${ACCOUNT} lacks a right to activate these cost allocation tags:`);
    expect(text).toContain('IAM user and role access to Billing information');
    expect(text).toContain('If it is a member of an organisation, only the payer');
    expect(text).not.toContain('is a member and may not');
  });

  test.each([[[]], [['User not enabled for cost explorer access']]])('%j: both cases are named', (said) => {
    const text = payerHandOver({ account: ACCOUNT, said });
    expect(text).toContain('and AWS does not say why:');
    expect(text).toContain('the right must be granted here');
    expect(text).toContain('If it is a member of an organisation, only the payer');
    expect(text).not.toContain('is a member and may not');
  });
});
