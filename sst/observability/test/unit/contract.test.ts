import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  CONTRACT,
  type ContractName,
  type ContractNameOf,
  contractPath,
  type Published,
  parameterName,
} from '../../contract';

const names = Object.keys(CONTRACT) as ContractName[];
const published: [ContractName, Published][] = names.map((name) => [name, CONTRACT[name]]);

/** How Systems Manager restricts names of parameters (PutParameter, `Name`), besides their length. */
const SSM_NAME = /^(\/[a-zA-Z0-9_.-]+)+$/;

/** 1,011 characters, of which the ARN before the name takes up to this many. */
const LONGEST_NAME = 1011 - 'arn:aws-us-gov:ssm:us-gov-west-1:111111111111:parameter'.length;

describe('the names', () => {
  test('are exactly these, which others rely on', () => {
    expect(names).toEqual([
      'tags',
      'network/vpc-id',
      'network/public-subnet-ids',
      'network/private-subnet-ids',
      'network/load-balancer-security-group-id',
      'network/umami-security-group-id',
      'network/openreplay-security-group-id',
      'network/database-function-security-group-id',
      'network/application-functions-security-group-id',
      'access/task-execution-role-arn',
      'access/umami-task-role-arn',
      'access/openreplay-task-role-arn',
      'access/lambda-telemetry-policy-arn',
      'access/grafana-role-arn',
      'database/secret-arn',
      'database/schema-name',
      'database/role-name',
      'database/verification-function-name',
      'storage/replay-bucket-name',
      'storage/deletion-delay-days',
    ]);
  });

  test('are unique, also where case does not count', () => {
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  test('are words in kebab case, at most one concern deep', () => {
    expect(names.filter((name) => !/^([a-z]+\/)?[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  test('are none of them the path to others', () => {
    expect(names.filter((name) => names.some((other) => other.startsWith(`${name}/`)))).toEqual([]);
  });

  test.each(['dev', 'production', 'pr-12', 'alice_2.1', `s${'x'.repeat(127)}`])(
    'are names for SSM in stage %s',
    (stage) => {
      const parameters = names.map((name) => parameterName(stage, name));
      expect(parameters.filter((parameter) => !SSM_NAME.test(parameter))).toEqual([]);
      expect(parameters.filter((parameter) => /^\/?(aws|ssm)/i.test(parameter))).toEqual([]);
      expect(parameters.filter((parameter) => parameter.split('/').length - 1 > 15)).toEqual([]);
      expect(parameters.filter((parameter) => parameter.length > LONGEST_NAME)).toEqual([]);
      expect(new Set(parameters).size).toBe(names.length);
    },
  );
});

describe('the values', () => {
  test.each(published)('%s has a meaning that fits into a description', (_, { meaning }) => {
    expect(meaning).toMatch(/^[A-Z]/);
    expect(meaning).not.toMatch(/\.$/);
    expect(meaning.length).toBeLessThanOrEqual(1024);
  });

  test.each(published)('%s is a list exactly when its name says so', (name, { type }) => {
    expect(type).toBe(/-(ids|arns|names)$/.test(name) ? 'StringList' : 'String');
  });

  test('have meanings that tell them apart', () => {
    expect(new Set(published.map(([, { meaning }]) => meaning)).size).toBe(names.length);
  });
});

describe('where the values are', () => {
  test('is a path for each stage, without a slash at the end', () => {
    expect(contractPath('production')).toBe('/user-metrics/production');
  });

  test('is below that path under the name', () => {
    expect(parameterName('dev', 'network/vpc-id')).toBe('/user-metrics/dev/network/vpc-id');
    expect(parameterName('dev', 'tags')).toBe('/user-metrics/dev/tags');
    expect(names.filter((name) => parameterName('dev', name) !== `${contractPath('dev')}/${name}`)).toEqual([]);
  });

  test('is different for stages of which one name starts with the other', () => {
    expect(parameterName('dev', 'tags').startsWith(`${contractPath('de')}/`)).toBe(false);
  });
});

test('the names of a concern are known to the compiler', () => {
  expectTypeOf<ContractNameOf<'storage'>>().toEqualTypeOf<
    'storage/replay-bucket-name' | 'storage/deletion-delay-days'
  >();
  expectTypeOf<ContractNameOf<'tags'>>().toEqualTypeOf<'tags'>();
  expectTypeOf<ContractNameOf<'database'>>().toEqualTypeOf<
    'database/secret-arn' | 'database/schema-name' | 'database/role-name' | 'database/verification-function-name'
  >();
  expectTypeOf<ContractNameOf<'tags' | 'network' | 'access' | 'database' | 'storage'>>().toEqualTypeOf<ContractName>();
  // @ts-expect-error a name that the contract does not list
  expect(parameterName('dev', 'network/vpc')).toBe('/user-metrics/dev/network/vpc');
});
