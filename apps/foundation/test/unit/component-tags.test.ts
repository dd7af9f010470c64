import { COMPONENT_TAGS_CONTEXT } from '@user-metrics/tagging';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONSTRUCTS } from './texts/default-constructs';

function stackOf(create: (stack: Stack) => unknown, context: unknown): Stack {
  const app = new App({ context: { ...recommendedFlags, [COMPONENT_TAGS_CONTEXT]: context } });
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
  create(stack);
  return stack;
}

/** Types of the resources with a functional tag. */
function tagged(stack: Stack): string[] {
  const { Resources = {} } = Template.fromStack(stack).toJSON();
  return Object.values<{ Type: string; Properties?: object }>(Resources).flatMap(({ Type, Properties }) =>
    /"(Component|Function|DataType)"/.test(JSON.stringify(Object.entries(Properties ?? {}).filter(isTags)))
      ? [Type]
      : [],
  );
}

const isTags = ([name]: [string, unknown]) => /tags/i.test(name);

describe.each(Object.entries(DEFAULT_CONSTRUCTS))('the tags of a component: %s', (_, create) => {
  test.each([false, 'false'])('are switched off by the context (%j)', (off) => {
    expect(tagged(stackOf(create, off))).toEqual([]);
  });
});

test.each([undefined, true, 'true'])('are on by default and by the context: %j', (on) => {
  const { CostReport, UmamiDatabase } = DEFAULT_CONSTRUCTS;
  expect(tagged(stackOf(CostReport as never, on))).toContain('AWS::BCM::Dashboard');
  expect(tagged(stackOf(UmamiDatabase as never, on))).toContain('AWS::Lambda::Function');
});

test('a context that is neither true nor false is refused', () => {
  expect(() => stackOf(DEFAULT_CONSTRUCTS['UmamiTaskRole'] as never, 'off')).toThrow(
    "`@user-metrics/tagging:componentTags` must be 'true' or 'false', got: off. Give one of them.",
  );
});
