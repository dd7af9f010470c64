import { describe, expect, test } from 'vitest';
import { ownershipComment, parseOwnershipComment } from '../../../runtime/sql/ownership-comment';
import { HOSTILE, ORDINARY } from '../../support/hostile-names';

describe('the ownership comment', () => {
  test('can be read by a person', () => {
    expect(ownershipComment(ORDINARY.owner)).toBe('user-metrics owner: {"name":"Stack/dev","id":"umami-1"}');
  });

  test('names the owner and the one resource that may drop the object, and nothing else', () => {
    const owner = { ...ORDINARY.owner, password: 'hidden' };

    expect(parseOwnershipComment(ownershipComment(owner))).toEqual(ORDINARY.owner);
  });

  test.each([
    ORDINARY.owner,
    HOSTILE.owner,
    { name: '', id: '' },
    { ...ORDINARY.owner, stack: 'b3f1', from: 'umami-0' },
    { ...ORDINARY.owner, returned: true },
    { ...ORDINARY.owner, location: { database: 'data"base', schema: 'sche\\ma' } },
    { name: 'line\nbreak\ttab', id: '\u0000 \u2028 🦊' },
    { name: 'user-metrics owner: {}', id: '}' },
  ])('is understood again: %j', (owner) => {
    expect(parseOwnershipComment(ownershipComment(owner))).toEqual(owner);
  });

  test.each([
    null,
    '',
    'Schema of the application',
    'user-metrics owner:',
    'user-metrics owner: ',
    'user-metrics owner: somebody',
    'user-metrics owner: {"name":"Stack/dev"',
    'user-metrics owner: null',
    'user-metrics owner: 5',
    'user-metrics owner: "Stack/dev"',
    'user-metrics owner: {}',
    'user-metrics owner: {"name":"Stack/dev"}',
    'user-metrics owner: {"name":5,"id":"umami-1"}',
    ' user-metrics owner: {"name":"Stack/dev","id":"umami-1"}',
    'USER-METRICS OWNER: {"name":"Stack/dev","id":"umami-1"}',
    '{"name":"Stack/dev","id":"umami-1"}',
  ])('is not seen in a comment of somebody else: %j', (comment) => {
    expect(parseOwnershipComment(comment)).toBeUndefined();
  });
});
