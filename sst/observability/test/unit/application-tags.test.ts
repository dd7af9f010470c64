import { CostBudget } from '@user-metrics/cost';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, Stack, Tags } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { applicationTags, environment, observabilityTags, TagValueError } from '../../application-tags';
import { applicationValues, tagValues } from '../../tags';

const STAGES = ['alice', 'pr-12', 'staging', 'production'];

/** What the filter of the foundation's budget lets in, `user:<key>$<value>`, as the template has it. */
function budgetFilter(): string[] {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
  new CostBudget(stack, 'Budget', { project: tagValues.project, topic: new Topic(stack, 'Topic') });
  const [budget] = Object.values(Template.fromStack(stack).findResources('AWS::Budgets::Budget'));
  return budget?.['Properties'].Budget.CostFilters.TagKeyValue;
}

const asFilter = (tags: { readonly [key: string]: string }) =>
  Object.entries(tags).map(([key, value]) => `user:${key}$${value}`);

describe('the budget of the foundation', () => {
  const filter = budgetFilter();

  test('filters by one tag', () => {
    expect(filter).toEqual([`user:Project$${tagValues.project}`]);
  });

  test.each(STAGES)('does not see a resource of the application in stage %s', (stage) => {
    expect(asFilter(applicationTags(stage)).filter((tag) => filter.includes(tag))).toEqual([]);
  });

  test.each(STAGES)('sees an observability resource that the application makes in stage %s', (stage) => {
    expect(asFilter(observabilityTags(stage, 'umami')).filter((tag) => filter.includes(tag))).toEqual(filter);
  });
});

describe('applicationTags', () => {
  test('are the five of the application, deployed by SST', () => {
    expect(applicationTags('pr-12')).toEqual({
      ...applicationValues.further,
      Project: applicationValues.project,
      Environment: 'dev',
      ManagedBy: 'SST',
      CostCenter: applicationValues.costCenter,
      Owner: applicationValues.owner,
    });
  });

  test.each([tagValues.project, ` ${tagValues.project} `])("refuse the foundation's project, written %j", (project) => {
    expect(() => applicationTags('dev', { ...applicationValues, project })).toThrow(
      new TagValueError(
        `\`project\` of the application must not be the foundation's, got: ${project}. ` +
          "Give the application a name of its own, or all of its cost counts against the foundation's budget.",
      ),
    );
  });

  test('refuse the project of a foundation with values of its own', () => {
    const team = { project: 'Watch', costCenter: 'Watch', owner: 'watchers' };
    expect(() => applicationTags('dev', team, team)).toThrow(TagValueError);
    expect(applicationTags('dev', team).Project).toBe('Watch');
  });

  test('leave room for the tags of SST on objects in S3', () => {
    const further = { A: 'a', B: 'b', C: 'c' };
    expect(Object.keys(applicationTags('dev', { ...applicationValues, further }))).toHaveLength(8);
    expect(() => applicationTags('dev', { ...applicationValues, further: { ...further, D: 'd' } })).toThrow(
      '`further` must leave at most 8 tags in all, got: 9.',
    );
  });

  test.each([
    [
      { owner: '' },
      'The tag `Owner` must not be empty, got: . Correct it in tags.ts (any text of at most 256 characters).',
    ],
    [{ costCenter: 'a*b' }, 'The tag `CostCenter` must hold only letters'],
    [
      { further: { DataType: 'Stuff' } },
      'The tag `DataType` has a value outside the vocabulary, got: Stuff. Correct it in tags.ts (Metrics, Logs, Sessions, Analytics).',
    ],
  ])('refuse %j', (change, message) => {
    expect(() => applicationTags('dev', { ...applicationValues, ...change })).toThrow(message);
  });
});

test('observabilityTags are the foundation’s, with those of the component', () => {
  expect(observabilityTags('production', 'openReplay')).toEqual({
    ...tagValues.further,
    Project: tagValues.project,
    Environment: 'prod',
    ManagedBy: 'SST',
    CostCenter: tagValues.costCenter,
    Owner: tagValues.owner,
    Component: 'OpenReplay',
    Function: 'SessionReplay',
    DataType: 'Sessions',
  });
  expect(() => observabilityTags('dev', 'umami', { ...tagValues, owner: '' })).toThrow(TagValueError);
});

test('the environment of a stage is told by its name, or by the team', () => {
  expect(STAGES.map((stage) => environment(stage, { ...tagValues, environments: {} }))).toEqual([
    'dev',
    'dev',
    'staging',
    'prod',
  ]);
  expect(environment('eu-live', { ...tagValues, environments: { 'eu-live': 'prod' } })).toBe('prod');
});

test('SST 2 takes the same tags, by Tags.of(app)', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new Bucket(stack, 'Uploads');
  for (const [key, value] of Object.entries(applicationTags('production'))) Tags.of(app).add(key, value);
  const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
  const tags = Object.fromEntries(
    bucket?.['Properties'].Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]),
  );
  expect(tags).toMatchObject(applicationTags('production'));
});
