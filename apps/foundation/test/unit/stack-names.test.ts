import { expect, test } from 'vitest';
import { COST_STACK, isFoundationStack, parseStageStackName, stageStackName } from '../../src/stacks/stack-names';

test.each(['dev', 'prod-eu', 'Network-Storage'])('a stack name tells its stage %s and its concern', (stage) => {
  expect(parseStageStackName(stageStackName(stage, 'Storage'))).toEqual({ stage, concern: 'Storage' });
});

test.each([COST_STACK, 'UserMetrics-CostReports', 'UserMetrics-Network', 'UserMetrics--Network', 'Shop-dev-Network'])(
  '%s is not the stack of a stage',
  (name) => {
    expect(parseStageStackName(name)).toBeUndefined();
  },
);

test('the stacks of the foundation have one prefix', () => {
  expect([COST_STACK, stageStackName('dev', 'Access'), 'Shop-dev-Access'].map(isFoundationStack)).toEqual([
    true,
    true,
    false,
  ]);
});
