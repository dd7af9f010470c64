import { expect, test } from 'vitest';
import { type DatabaseSnapshot, type SchemaSnapshot, snapshotDifferences } from '../../../runtime/verification';
import { fitSnapshot } from '../../../runtime/verification/fit';

const schema = (objects: Record<string, string>, differing: Partial<SchemaSnapshot> = {}): SchemaSnapshot => ({
  ...{ owner: 'admin', counts: { table: Object.keys(objects).length }, catalog: 'c', grants: 'g', objects },
  ...differing,
});
const snapshot = (schemas: Record<string, SchemaSnapshot>, serverObjects = {}): DatabaseSnapshot => ({
  ...{ action: 'snapshot', database: 'shop', server: '17.4', schemas, serverObjects },
  ...{ umami: { schemas: {}, serverObjects: {} }, leftOut: [] },
});
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const tables = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`table t${n}`, '0123456789ab']));

const before = snapshot({ app: schema({ 'table a': '1', 'table b': '2' }) }, { 'database role x': '1' });

test.each<[string, DatabaseSnapshot, string[]]>([
  ['nothing', before, []],
  [
    'objects, by their hashes',
    snapshot({ app: schema({ 'table a': '9', 'table c': '3' }, { catalog: 'd' }) }, before.serverObjects),
    ['changed: table a in schema app', 'gone: table b in schema app', 'new: table c in schema app'],
  ],
  [
    'a schema whose objects were left out',
    snapshot({ app: { owner: 'admin', counts: {}, catalog: 'd', grants: 'h' } }, before.serverObjects),
    ['changed: definitions in schema app', 'changed: owners or grants in schema app'],
  ],
  [
    'schemas and what belongs to the cluster',
    snapshot({ web: schema({}) }, { 'database role y': '1' }),
    ['gone: schema app', 'new: schema web', 'gone: database role x', 'new: database role y'],
  ],
])('differences of two snapshots: %s', (_, after, expected) => {
  expect(snapshotDifferences(before, after)).toEqual(expected);
});

test('a snapshot that fits stays as it is; the largest schemas lose the hashes of their objects first', () => {
  const whole = snapshot({ large: schema(tables(1_000)), small: schema(tables(10)) });
  const fitting = fitSnapshot(whole, 5_000);

  expect(fitSnapshot(whole)).toEqual(whole);
  expect(sizeOf(fitting)).toBeLessThanOrEqual(5_000);
  expect(Object.entries(fitting.schemas).map(([name, { objects }]) => [name, objects !== undefined])).toEqual([
    ['large', false],
    ['small', true],
  ]);
});

test('schemas that do not fit become one entry, and a change in one that is not listed is found', () => {
  const many = (catalog: string) =>
    snapshot(
      Object.fromEntries(
        Array.from({ length: 5_000 }, (_, n) => [`tenant_${n}`, schema(tables(1), n === 4_999 ? { catalog } : {})]),
      ),
    );
  const [one, other] = [fitSnapshot(many('c'), 300_000), fitSnapshot(many('d'), 300_000)];

  expect(sizeOf(one)).toBeLessThanOrEqual(300_000);
  expect(Object.keys(one.schemas).at(-1)).toMatch(/^\(\d+ further schemas\)$/);
  expect(snapshotDifferences(one, other)).toEqual([
    expect.stringMatching(/^changed: definitions in schema \(\d+ further schemas\)$/),
  ]);
});
