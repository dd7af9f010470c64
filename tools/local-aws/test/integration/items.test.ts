import { type LocalAws, startLocalAws } from '@user-metrics/local-aws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answers, POSTGRES } from './probes/answers';
import { clientsFor } from './probes/clients';
import { logExport } from './probes/log-export';
import type { ProbeContext, Probes } from './probes/probe';
import { properties } from './probes/properties';
import { recordedOnly } from './probes/recorded-only';
import { rights } from './probes/rights';
import { stacks } from './probes/stacks';
import { tagSearch } from './probes/tag-search';
import { types } from './probes/types';

const PROBES: Probes = {
  ...types,
  ...properties,
  ...recordedOnly,
  ...stacks,
  ...answers,
  ...rights,
  ...tagSearch,
  ...logExport,
};

let withItems: LocalAws;
let without: LocalAws;
beforeAll(async () => {
  const postgres = POSTGRES;
  [withItems, without] = await Promise.all([
    startLocalAws({ postgres }),
    startLocalAws({ postgres, without: ['everything'] }),
  ]);
});
afterAll(() => Promise.all([withItems, without].map((aws) => aws?.stop())));

function contextOf(aws: LocalAws): ProbeContext {
  return { aws, ...clientsFor(aws, aws.credentials) };
}

test('every item has a probe and a sentence, and every probe an item', async () => {
  const items = await withItems.items();
  expect(items.map(({ name }) => name).sort()).toEqual(Object.keys(PROBES).sort());
  for (const { sentence } of items) expect(sentence).toMatch(/^.{20,150}\.$/);
  expect(await without.items()).toEqual([]);
  const kept = items.filter(({ kind }) => kind === 'recorded only');
  expect(kept).not.toEqual([]);
  expect(await withItems.recordedOnly()).toEqual(kept);
});

describe.each(Object.entries(PROBES))('%s', (_, isMissing) => {
  test('is missing in the emulator as it comes: if not, delete the item', async () => {
    expect(await isMissing(contextOf(without))).toBe(true);
  });

  test('is there with the item', async () => {
    expect(await isMissing(contextOf(withItems))).toBe(false);
  });
});
