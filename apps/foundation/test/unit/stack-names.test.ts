import { expect, test } from 'vitest';
import {
  accountStackNames,
  COST_STACK,
  isFoundationStack,
  parseStageStackName,
  stageStackName,
} from '../../src/stacks/stack-names';

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

test.each([
  ['all in one Region', 'us-east-1', {}, 'us-east-1', ['Cost', 'CostReports']],
  [
    'no budget: the stage has a topic of its own',
    'us-east-1',
    { budget: false },
    'us-east-1',
    ['CostReports', 'Alerts'],
  ],
  ['a second copy', 'us-east-1', { budget: false, reports: false }, 'us-east-1', ['Alerts']],
  ['the cost stacks of a stage elsewhere', 'us-west-2', {}, 'us-east-1', ['Cost', 'CostReports']],
  ['the Region of a stage elsewhere', 'us-west-2', {}, 'us-west-2', ['Alerts']],
  [
    'the topic of another copy in the Region of the cost',
    'us-west-2',
    { budget: false, reports: false },
    'us-east-1',
    [],
  ],
])('stacks of the account that belong to a stage: %s', (_, stage, differing, where, expected) => {
  const cost = { budget: true, reports: true, region: 'us-east-1', ...differing };
  const names = accountStackNames(where, { region: stage }, cost as never);
  expect(names).toEqual(expected.map((name) => `UserMetrics-${name}`));
});
