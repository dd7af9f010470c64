import { type LocalAws, startLocalAws } from '@user-metrics/local-aws';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CostStackUnderTest } from './cost-stack';

// The alerts of a budget are create-only: who changes one gets a new budget, made before the old one goes.

let aws: LocalAws;
let stack: CostStackUnderTest;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws?.stop());
beforeEach(() => {
  stack = new CostStackUnderTest(aws, 'UserMetrics-Cost');
});
afterEach(async () => {
  await stack.remove();
  expect(await stack.budgetsOfAccount()).toEqual({});
});

describe('the budget', () => {
  test('makes way for another one when a threshold changes; the topic stays', async () => {
    expect(await stack.deploy({ thresholds: [80, 100] })).toEqual({ status: 'CREATE_COMPLETE', reason: '' });
    const before = await stack.ids();
    expect(await stack.budgetsOfAccount()).toEqual({ [before.budget]: [80, 100] });
    expect(await stack.deploy({ thresholds: [70, 100] })).toEqual({ status: 'UPDATE_COMPLETE', reason: '' });
    const after = await stack.ids();
    expect(after.budget).not.toBe(before.budget);
    expect(after.topic).toBe(before.topic);
    expect(await stack.budgetsOfAccount()).toEqual({ [after.budget]: [70, 100] });
  });

  test('is left alone when an address changes', async () => {
    await stack.deploy({ emails: ['a@example.com'] });
    const before = await stack.ids();
    expect((await stack.deploy({ emails: ['b@example.com', 'c@example.com'] })).status).toBe('UPDATE_COMPLETE');
    expect(await stack.ids()).toEqual(before);
  });

  test('with a fixed name would collide with itself, and roll back', async () => {
    await stack.deploy({ fixedName: 'observability' });
    const { status, reason } = await stack.deploy({ fixedName: 'observability', thresholds: [70, 100] });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reason).toMatch(/DuplicateRecordException/);
    expect(await stack.budgetsOfAccount()).toEqual({ observability: [80, 100] });
  });
});
