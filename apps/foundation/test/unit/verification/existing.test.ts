import { describe, expect, test } from 'vitest';
import type { Difference } from '../../../src/snapshot';
import { INTEGRATION_VERIFICATIONS } from '../../../src/verification/existing';
import { type ObservedChanges, unchanged } from '../../../src/verification/existing/unchanged';
import { expectedStage } from './criterion-cases';

const withProbes = expectedStage((stage) => {
  Object.assign(stage, { probes: { lambda: 'shop-orders', url: 'https://shop.example.com' } });
});
const answered = { wrong: [], evidence: 'shop-orders answered in 12 ms' };
const same: ObservedChanges = {
  before: { file: 'before.json', takenAt: '2026-11-01T00:00:00.000Z' },
  counts: { bucket: 3 },
  differences: [],
  probes: [answered],
};
const difference = (change: Partial<Difference>): Difference => ({
  service: 'buckets',
  kind: 'bucket',
  id: 'shop-frontend',
  path: ['Policy'],
  change: 'changed',
  text: 'bucket shop-frontend: Policy changed',
  ...change,
});

describe.each(INTEGRATION_VERIFICATIONS.map((criterion) => [criterion.id, criterion] as const))(
  '%s',
  (_, criterion) => {
    test('passes when what existed is as it was, and the probe answers', () => {
      expect(criterion.evaluate(same, withProbes)).toMatchObject({
        wrong: [],
        evidence: expect.stringMatching(/^as on 2026-11-01T00:00:00.000Z: bucket 3/),
      });
    });

    test('fails for a change that the configuration does not announce', () => {
      const observed = { ...same, differences: [difference({})] };
      expect(criterion.evaluate(observed, withProbes).wrong).toEqual(['bucket shop-frontend: Policy changed']);
    });

    test('is unknown without a snapshot of before, and where something could not be read', () => {
      const { before, ...withoutSnapshot } = same;
      expect(criterion.evaluate(withoutSnapshot, withProbes).unknown).toMatch(
        /^what existed before is not known: .*npx projen snapshot/,
      );
      const unread = {
        ...same,
        differences: [difference({ change: 'unknown', text: 'bucket: needs s3:ListAllMyBuckets' })],
      };
      const missing = {
        wrong: [],
        unknown: 'bucket: needs s3:ListAllMyBuckets',
        missingRight: 's3:ListAllMyBuckets',
      };
      expect(criterion.evaluate(unread, withProbes)).toMatchObject(missing);
      // An emulator that denies it does not lack it.
      expect(criterion.evaluate({ ...unread, isEmulated: true }, withProbes)).toMatchObject(missing);
      const unsupported = {
        ...same,
        isEmulated: true,
        differences: [difference({ change: 'unknown', text: 'bucket: NotImplemented' })],
      };
      expect(criterion.evaluate(unsupported, withProbes)).toMatchObject({ lacking: 'bucket: NotImplemented' });
    });
  },
);

test('a change that the configuration announces is told, and is right', () => {
  const announced = difference({ announced: 'stages.dev.database.access', text: 'a rule is new' });
  const { wrong, evidence } = unchanged('1.1.IV1', ['bucket']).evaluate(
    { ...same, differences: [announced] },
    withProbes,
  );
  expect([wrong, evidence]).toEqual([
    [],
    expect.stringContaining('announced by stages.dev.database.access: a rule is new'),
  ]);
});

describe('a health probe', () => {
  const probed = unchanged('1.3.IV3', ['bucket'], ['url']);

  test('that fails is wrong', () => {
    const observed = {
      ...same,
      probes: [{ wrong: ['https://shop.example.com answers with status 503'], evidence: '' }],
    };
    expect(probed.evaluate(observed, withProbes).wrong).toEqual(['https://shop.example.com answers with status 503']);
  });

  test('that could not be run is unknown, never a pass', () => {
    const refused = { wrong: [], evidence: '', unknown: 'the statement was not run' };
    expect(probed.evaluate({ ...same, probes: [answered, refused] }, withProbes)).toMatchObject({
      wrong: [],
      unknown: 'the statement was not run',
    });
  });

  test('that the configuration does not name makes it not applicable, which says the settings', () => {
    const unprobed = { ...same, probes: [] };
    const either = unchanged('1.1.IV2', ['bucket'], ['lambda', 'sql']);
    expect(either.evaluate(unprobed, expectedStage())).toMatchObject({
      applies: false,
      wrong: [],
      evidence: expect.stringMatching(/stages\.dev\.probes\.lambda or stages\.dev\.probes\.sql is not given$/),
    });
    const denied = difference({ change: 'unknown', text: 'bucket: needs s3:ListAllMyBuckets' });
    expect(either.evaluate({ ...unprobed, differences: [denied] }, expectedStage())).toMatchObject({
      missingRight: 's3:ListAllMyBuckets',
      unknown: expect.stringContaining('needs s3:ListAllMyBuckets'),
    });
    const changed = { ...unprobed, differences: [difference({})] };
    expect(either.evaluate(changed, expectedStage()).wrong).toHaveLength(1);
  });
});
