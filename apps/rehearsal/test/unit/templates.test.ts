import { expect, test } from 'vitest';
import { checkStacks, checkTags } from '../../src/checks/templates';
import { Checklist } from '../../src/report/checklist';

const TAGS = Object.entries({ Project: 'P', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'C', Owner: 'O' }).map(
  ([Key, Value]) => ({ Key, Value }),
);
const topic = (tags: object[]) => ({
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { Tags: tags } },
    Policy: { Type: 'AWS::SNS::TopicPolicy' },
  },
});

function verdictOf(id: 'synth.stacks' | 'synth.tags', template: object, missing: object[] = []): [string, string] {
  const checklist = new Checklist();
  const templates = { manifest: { missing: missing as never }, stacks: [{ stackName: 'Stack', template }] };
  checkStacks({ checklist }, templates);
  checkTags({ checklist }, templates);
  const check = checklist.all().find((one) => one.id === id);
  return [String(check?.status), String(check?.evidence)];
}

test('passes with the figures of what was checked', () => {
  expect(verdictOf('synth.tags', topic(TAGS))).toEqual([
    'pass',
    '1 of 1 taggable resources; 1 more of types that take no tags',
  ]);
  expect(verdictOf('synth.stacks', topic(TAGS))).toEqual(['pass', '1 stacks: Stack']);
});

test('fails for a taggable resource without a required tag', () => {
  expect(verdictOf('synth.tags', topic(TAGS.slice(1)))).toEqual(['fail', 'Topic: Project is missing.']);
});

test('fails for a stack that asks for a context lookup in the account', () => {
  expect(verdictOf('synth.stacks', topic(TAGS), [{ key: 'availability-zones:account=1' }])).toEqual([
    'fail',
    'it asks the account for availability-zones:account=1',
  ]);
});
