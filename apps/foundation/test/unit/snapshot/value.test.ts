import { expect, test } from 'vitest';
import { SERVICES } from '../../../src/snapshot/services';
import { canonical, documentOf } from '../../../src/snapshot/value';
import { VOLATILE, volatileFields } from '../../../src/snapshot/volatile';

test.each<[string, unknown, unknown]>([
  ['keys in another order', { b: 1, a: { d: 1, c: 2 } }, { a: { c: 2, d: 1 }, b: 1 }],
  ['a list in another order', [{ id: 'b' }, { id: 'a' }], [{ id: 'a' }, { id: 'b' }]],
  [
    'tags as a list in another order',
    {
      Tags: [
        { Key: 'b', Value: '2' },
        { Key: 'a', Value: '1' },
      ],
    },
    {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    },
  ],
  ['what is not there', { a: undefined, b: 1 }, { b: 1 }],
])('is the same JSON: %s', (_, one, other) => {
  expect(JSON.stringify(canonical(one))).toBe(JSON.stringify(canonical(other)));
});

test.each<[string, unknown, unknown]>([
  [
    'cache behaviours in another order',
    { CacheBehaviors: { Items: ['b', 'a'] } },
    { CacheBehaviors: { Items: ['a', 'b'] } },
  ],
  ['another date', new Date(0), new Date(1)],
  ['null and a text', null, 'null'],
])('is another JSON: %s', (_, one, other) => {
  expect(JSON.stringify(canonical(one))).not.toBe(JSON.stringify(canonical(other)));
});

test('volatile fields of a kind are left out at any depth, and those of another kind stay', () => {
  const cluster = {
    Status: 'available',
    DBClusterMembers: [{ IsClusterWriter: true, DBInstanceIdentifier: 'i' }],
    Port: 1,
  };
  expect(canonical(cluster, volatileFields('database cluster'))).toEqual({
    DBClusterMembers: [{ DBInstanceIdentifier: 'i' }],
    Port: 1,
  });
  expect(canonical({ lifecycle: [{ Status: 'Enabled' }] }, volatileFields('bucket'))).toEqual({
    lifecycle: [{ Status: 'Enabled' }],
  });
});

test('each kind of the table of volatile fields is one of a service', () => {
  const kinds = SERVICES.flatMap((service) => service.kinds.map(({ name }) => name));
  expect(Object.keys(VOLATILE).filter((kind) => kind !== '*' && !kinds.includes(kind))).toEqual([]);
});

test.each([
  ['as IAM gives it', encodeURIComponent('{"Statement":[]}'), { Statement: [] }],
  ['as S3 gives it', '{"Statement":[]}', { Statement: [] }],
  ['that is none', 'not JSON', 'not JSON'],
  ['of nothing', undefined, undefined],
])('a policy document %s', (_, text, document) => {
  expect(documentOf(text)).toEqual(document);
});
