import { CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { applyComponentTags, CostAllocationTags, type CostAllocationTagsProps, ObservabilityTags } from '../../src';
import {
  checkProps,
  FLAG,
  isWholeFrom,
  listOf,
  number,
  objectWith,
  oneOf,
  optional,
  type Rules,
  removed,
  text,
} from '../../src/props';

interface Props {
  readonly name: string;
  readonly emails?: readonly string[];
  readonly count?: number;
  readonly mode?: string;
  readonly wait?: Duration;
  readonly verbose?: boolean;
  readonly title?: never;
}

const RULES: Rules<Props> = {
  name: text('a name', 'Give one.'),
  emails: optional(listOf(text('a list of e-mail addresses', 'Give some.', /^\S+@\S+$/))),
  count: optional(number('a whole number above 0', 'Leave it out.', isWholeFrom(1))),
  mode: optional(oneOf('one', 'two')),
  wait: optional(objectWith('toSeconds', 'a duration', 'Give Duration.minutes(1).')),
  verbose: optional(FLAG),
  title: removed('Give `name`.'),
};

const check = (props: unknown) => () => checkProps(props as Props, RULES, RangeError);

describe('props', () => {
  test('of the right kind pass, and optional ones may be left out', () => {
    expect(check({ name: 'a' })).not.toThrow();
    const all = { name: 'a', emails: ['a@b'], count: 1, mode: 'two', wait: Duration.days(1), verbose: false };
    expect(check(all)).not.toThrow();
  });

  test('that only the deployment knows pass, alone and in a list', () => {
    const stack = new Stack();
    const name = new CfnParameter(stack, 'Text').valueAsString;
    const count = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    expect(check({ name, count, emails: list })).not.toThrow();
    expect(check({ name, emails: ['a@b', name] })).not.toThrow();
  });

  test('that were removed are refused with what to use instead, a token as well', () => {
    const title = new CfnParameter(new Stack(), 'Title').valueAsString;
    expect(check({ name: 'a', title })).toThrow(/^`title` must be left out, got: .* Give `name`\.$/);
    expect(check({ title: 'a' })).toThrow(/^`name` must be a name/);
  });

  test.each([
    [undefined, '`props` must be an object, got: undefined. Give name, emails, count, mode, wait, verbose.'],
    [{}, '`name` must be a name, got: undefined. Give one.'],
    [
      { name: 'a', cuont: 1, mode: undefined, other: undefined },
      '`props` must hold only name, emails, count, mode, wait, verbose, got: cuont. Correct its name, or leave it out.',
    ],
    [{ name: null }, '`name` must be a name, got: null. Give one.'],
    [{ name: ' ' }, "`name` must be a name, got: ' '. Give one."],
    [{ name: ['a', 'b'] }, '`name` must be a name, got: a, b. Give one.'],
    [{ name: 'a', emails: 'a@b' }, '`emails` must be a list of e-mail addresses, got: a@b. Give some.'],
    [{ name: 'a', emails: ['a@b', 'c'] }, '`emails` must be a list of e-mail addresses, got: c. Give some.'],
    [{ name: 'a', count: '1' }, "`count` must be a whole number above 0, got: '1'. Leave it out."],
    [{ name: 'a', count: 0.5 }, '`count` must be a whole number above 0, got: 0.5. Leave it out.'],
    [{ name: 'a', mode: 'three' }, "`mode` must be 'one' or 'two', got: three. Give one of them."],
    [{ name: 'a', wait: 60 }, '`wait` must be a duration, got: 60. Give Duration.minutes(1).'],
    [{ name: 'a', wait: {} }, '`wait` must be a duration, got: an object. Give Duration.minutes(1).'],
    [{ name: 'a', verbose: 'no' }, '`verbose` must be true or false, got: no. Leave it out for the default.'],
  ])('fail: %j', (props, message) => {
    expect(check(props)).toThrow(new RangeError(message));
  });
});

describe('the constructs of this package', () => {
  test.each([
    [{ keys: 'Project' }, '`keys` must be a list of tag keys, got: Project.'],
    [{ keys: null }, '`keys` must be a list of tag keys, got: null.'],
    [{ parameterName: '' }, "`parameterName` must be the name of an SSM parameter, got: ''."],
  ])('CostAllocationTags refuses %j', (props, message) => {
    const given = props as unknown as CostAllocationTagsProps;
    expect(() => new CostAllocationTags(new Stack(), 'Tags', given)).toThrow(message);
  });

  test('ObservabilityTags refuses tags that are none, and a value that is no text', () => {
    const apply = (tags: unknown) => () => ObservabilityTags.of(new Stack()).apply(tags as never);
    expect(apply(null)).toThrow('`tags` must be tag values by key, got: null.');
    expect(apply({ Project: null })).toThrow('Project must be text, got: null.');
  });

  test('applyComponentTags refuses a component that is not known', () => {
    expect(() => applyComponentTags(new Stack(), 'kafka' as never)).toThrow(
      /^`component` must be 'umami' or .*, got: kafka\./,
    );
  });
});
