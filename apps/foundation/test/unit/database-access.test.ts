import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src';
import { assemblyOf } from './modes';

/** Security group of the cluster in the example. */
const CLUSTER = 'sg-0a1b2c3d4e5f60718';

type Access = 'present' | 'rule' | 'print' | undefined;
type Outcome = { readonly rules: number; readonly printed: number };

const NOTHING = { rules: 0, printed: 0 };
const RULES = { rules: 2, printed: 0 };
const PRINTED = { rules: 0, printed: 2 };

/** What is added to the cluster's group, and what its owner is asked to add. */
function outcome(owner: string, access: Access): Outcome {
  const { stacks } = assemblyOf((stage) => void Object.assign(stage.database, { owner, ...(access && { access }) }));
  const templates = stacks.map(({ template }) => template);
  const rules = templates.flatMap(({ Resources }) =>
    Object.values(Resources as { [id: string]: { Type: string; Properties: { GroupId?: unknown } } }).filter(
      ({ Type, Properties }) => Type === 'AWS::EC2::SecurityGroupIngress' && Properties.GroupId === CLUSTER,
    ),
  );
  const lines = JSON.stringify(templates.map(({ Outputs = {} }) => Outputs.DatabaseAccessToAdd?.Value ?? ''));
  return { rules: rules.length, printed: lines.split(CLUSTER).length - 1 };
}

describe.each<[string, Outcome]>([
  ['none', RULES],
  ['cloudformation', PRINTED],
  ['sst', PRINTED],
  ['terraform', PRINTED],
])("a cluster whose owner is '%s'", (owner, byDefault) => {
  test('is changed by default only when nothing owns it', () => {
    expect(outcome(owner, undefined)).toEqual(byDefault);
  });

  test('is left as it is where access is there', () => {
    expect(outcome(owner, 'present')).toEqual(NOTHING);
  });

  test('is changed by its owner on request', () => {
    expect(outcome(owner, 'print')).toEqual(PRINTED);
  });
});

test.each(['none', 'cloudformation'])("a cluster whose owner is '%s' gains rules on request", (owner) => {
  expect(outcome(owner, 'rule')).toEqual(RULES);
});

test.each(['sst', 'terraform'])("fails to change a cluster whose owner is '%s'", (owner) => {
  expect(() => outcome(owner, 'rule')).toThrow(ConfigError);
});
