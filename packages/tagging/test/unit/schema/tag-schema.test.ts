import { describe, expect, test } from 'vitest';
import { componentTags, environmentOf, type RequiredTags, TagSchema } from '../../../src/schema';

const complete: RequiredTags = {
  Project: 'UserMetrics',
  Environment: 'prod',
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform@example.com',
};

describe('TagSchema', () => {
  test('accepts the five required tags and any further one', () => {
    expect(TagSchema.STANDARD.check({ ...complete, Team: 'Growth / EU' })).toEqual([]);
  });

  test.each(Object.keys(complete))('fails without %s', (key) => {
    const { [key]: _, ...rest } = complete as Record<string, string>;
    expect(TagSchema.STANDARD.check(rest).map((problem) => [problem.key, problem.problem])).toEqual([
      [key, 'is missing'],
    ]);
  });

  test('fails for a value outside the vocabulary and names the allowed ones', () => {
    const [problem, ...more] = TagSchema.STANDARD.check({ ...complete, Environment: 'production' });
    expect(more).toEqual([]);
    expect(problem).toEqual({
      key: 'Environment',
      value: 'production',
      problem: 'has a value outside the vocabulary',
      allowed: ['dev', 'staging', 'prod'],
    });
  });

  test('requires DataType of what stores data, and only of that', () => {
    expect(TagSchema.STANDARD.check(complete, { storesData: true }).map(({ key }) => key)).toEqual(['DataType']);
    expect(TagSchema.STANDARD.check({ ...complete, DataType: 'Logs' }, { storesData: true })).toEqual([]);
  });

  test.each([
    ['empty', '', 'must not be empty'],
    ['blank', '  ', 'must not be empty'],
    ['too long', 'x'.repeat(257), 'must have at most 256 characters'],
    ['with a character some services refuse', 'a&b', 'must hold only letters, digits, spaces and + - = . _ : / @'],
  ])('fails for a value that is %s', (_, Owner, problem) => {
    expect(TagSchema.STANDARD.check({ ...complete, Owner })).toEqual([{ key: 'Owner', value: Owner, problem }]);
  });

  test.each([
    ['reserved', 'aws:team', 'must not start with "aws:", which is reserved'],
    ['too long', 'k'.repeat(129), 'must have at most 128 characters'],
    ['with a forbidden character', 'te#am', 'must hold only letters, digits, spaces and + - = . _ : / @'],
  ])('fails for a key that is %s', (_, key, problem) => {
    expect(TagSchema.STANDARD.check({ ...complete, [key]: 'x' })).toEqual([{ key, value: 'x', problem }]);
  });

  test.each([
    [{ project: 'x' }, 'project', 'Project'],
    [{ PROJECT: 'x' }, 'PROJECT', 'Project'],
    [{ Team: 'x', team: 'y' }, 'team', 'Team'],
  ])('fails for keys that differ in case only: %j', (more, key, other) => {
    for (const tags of [
      { ...complete, ...more },
      { ...more, ...complete },
    ]) {
      expect(TagSchema.STANDARD.check(tags)).toEqual([
        {
          key,
          value: (more as Record<string, string>)[key],
          problem: `differs from the key ${other} in case only, which IAM refuses`,
        },
      ]);
    }
  });

  test('takes a value of 256 characters and letters of any alphabet', () => {
    expect(TagSchema.STANDARD.check({ ...complete, Owner: 'ü'.repeat(256) })).toEqual([]);
  });

  test('takes keys that every object of JavaScript has for keys like any other', () => {
    const inherited = ['constructor', 'toString', 'valueOf'];
    const tags = { ...complete, ...Object.fromEntries(inherited.map((key) => [key, 'x'])) };
    expect(TagSchema.STANDARD.check(tags)).toEqual([]);
    expect(TagSchema.STANDARD.extend({ constructor: ['Team A'] }).check(tags)).toEqual([
      { key: 'constructor', value: 'x', problem: 'has a value outside the vocabulary', allowed: ['Team A'] },
    ]);
  });

  test('allows more values when a team extends it, and its types know them', () => {
    const schema = TagSchema.STANDARD.extend({ Component: ['Kafka'], Tier: ['Gold'] });
    const component: (typeof schema.vocabulary.Component)[number] = 'Kafka';
    expect(schema.check({ ...complete, Component: component, Tier: 'Gold' })).toEqual([]);
    expect(schema.check({ ...complete, Component: 'Umami' })).toEqual([]);
    expect(schema.check({ ...complete, Tier: 'Silver' }).map(({ key }) => key)).toEqual(['Tier']);
    expect(TagSchema.STANDARD.check({ ...complete, Component: 'Kafka' })).toHaveLength(1);
    // @ts-expect-error the types refuse what the schema would refuse
    const wrong: (typeof schema.vocabulary.Component)[number] = 'Kafak';
    expect(schema.check({ ...complete, Component: wrong })).toHaveLength(1);
  });
});

test('every component has tags that its own schema accepts', () => {
  for (const name of ['umami', 'openReplay', 'grafana', 'metrics', 'logs', 'network', 'infrastructure'] as const) {
    expect(TagSchema.STANDARD.check({ ...complete, ...componentTags(name) })).toEqual([]);
  }
});

test.each([
  ['production', 'prod'],
  ['PROD', 'prod'],
  ['staging', 'staging'],
  ['dev', 'dev'],
  ['alice', 'dev'],
  ['pr-12', 'dev'],
  ['prod-like', 'dev'],
  ['constructor', 'dev'],
  ['toString', 'dev'],
])('stage %s belongs to environment %s', (stage, environment) => {
  expect(environmentOf(stage)).toBe(environment);
});

test('a stage listed by name belongs where the list says', () => {
  expect(environmentOf('eu', { eu: 'prod' })).toBe('prod');
  expect(environmentOf('constructor', JSON.parse('{"constructor":"staging"}'))).toBe('staging');
});
