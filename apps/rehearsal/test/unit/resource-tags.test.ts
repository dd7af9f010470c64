import { buildApp } from '@user-metrics/foundation';
import { isTaggable, READABLE_TYPES } from '@user-metrics/foundation/account';
import { expect, test } from 'vitest';
import { FOUNDATIONS, ON_REQUEST } from './network-modes';

/** Types of all resources in the stacks of a stage. */
function typesIn(foundation: (typeof FOUNDATIONS)[number][1]): string[] {
  const resources = buildApp(foundation, 'dev')
    .synth()
    .stacks.flatMap(({ template }) => Object.values(template.Resources as { [id: string]: { Type: string } }));
  return [...new Set(resources.map(({ Type }) => Type))].sort();
}

const types = new Map(
  [...FOUNDATIONS, ['on request', ON_REQUEST] as const].map(([mode, foundation]) => [mode, typesIn(foundation)]),
);

test.each([...types])('the tags of every taggable type can be read: %s', (_, used) => {
  const taggable = used.filter((type) => isTaggable({ type }));
  expect(taggable.length).toBeGreaterThan(5);
  expect(taggable.filter((type) => !READABLE_TYPES.includes(type))).toEqual([]);
});

test('no other type can be read', () => {
  const used = new Set([...types.values()].flat());
  expect(READABLE_TYPES.filter((type) => !used.has(type))).toEqual([]);
});
