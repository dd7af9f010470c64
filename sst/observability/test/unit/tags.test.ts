import { stageTags, TagSchema } from '@user-metrics/tagging/schema';
import { describe, expect, test } from 'vitest';
import { tagValues } from '../../tags';

const STAGES = [
  ['dev', 'dev'],
  ['staging', 'staging'],
  ['prod', 'prod'],
  ['production', 'prod'],
  ['pr-12', 'dev'],
] as const;

// The values are the user's, so nothing here depends on what they are.
describe.each(STAGES)('the tags of stage %s', (stage, environment) => {
  test.each(['CDK', 'SST'] as const)('follow the schema when %s deploys', (managedBy) => {
    const tags = stageTags(tagValues, stage, managedBy);
    expect(TagSchema.STANDARD.check(tags)).toEqual([]);
    expect(tags).toEqual({
      ...tagValues.further,
      Project: tagValues.project,
      Environment: tagValues.environments?.[stage] ?? environment,
      ManagedBy: managedBy,
      CostCenter: tagValues.costCenter,
      Owner: tagValues.owner,
    });
  });
});

test('the values of a team leave the required tags to the schema', () => {
  const required = ['Project', 'Environment', 'ManagedBy', 'CostCenter', 'Owner'];
  expect(Object.keys(tagValues.further ?? {}).filter((key) => required.includes(key))).toEqual([]);
});

test('every environment that a stage is given by name is one of the schema', () => {
  const { Environment } = TagSchema.STANDARD.vocabulary;
  expect(
    Object.values(tagValues.environments ?? {}).filter((environment) => !Environment.includes(environment)),
  ).toEqual([]);
});

test('fails the schema as soon as a value is emptied', () => {
  const emptied = { ...tagValues, owner: '' };
  expect(TagSchema.STANDARD.check(stageTags(emptied, 'dev', 'CDK'))).toEqual([
    { key: 'Owner', value: '', problem: 'must not be empty' },
  ]);
});
