import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compared } from '../../../src/commands/steps/compared';
import { begin, end, interrupted } from '../../../src/commands/steps/deployment-in-progress';
import { summaryOf } from '../../../src/commands/steps/summary';
import { writeWhole } from '../../../src/snapshot/files';
import type { Snapshot } from '../../../src/snapshot/schema';
import { snapshotOf } from './snapshot-of';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(name: string, snapshot: Snapshot) {
  const file = join(folder, `${name}.json`);
  writeWhole(file, JSON.stringify(snapshot));
  return { file, snapshot };
}

describe('a deployment that was interrupted', () => {
  const before = () => written('2026-11-27T01-00-00.000Z', snapshotOf('topics', 'topic', {}));
  const later = (hours: number) => new Date(Date.parse('2026-11-27T01:00:00.000Z') + hours * 3_600_000);

  test('is continued with the snapshot before it', () => {
    begin(folder, before());
    expect(interrupted(folder, later(23))).toEqual(before());
  });

  test.each<[string, () => void, number]>([
    ['there is none', () => {}, 1],
    ['it came to its end', () => [begin(folder, before()), end(folder)], 1],
    ['it began a day ago', () => begin(folder, before()), 24],
    ['its snapshot is gone', () => [begin(folder, before()), rmSync(before().file)], 1],
    ['the note is damaged', () => writeWhole(join(folder, 'deployment.json'), '{"bef'), 1],
  ])('is not continued: %s', (_, prepare, hours) => {
    prepare();
    expect(interrupted(folder, later(hours))).toBeUndefined();
  });
});

describe('what a deployment changed of others', () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`arn:t${index}`, {}]));
  const announced = Object.fromEntries(Object.keys(many).map((arn) => [`topic > ${arn}`, 'stages.dev.x']));
  const after = (snapshot: Partial<Snapshot>) => written('after', snapshotOf('topics', 'topic', many, snapshot));
  const before = () => written('before', snapshotOf('topics', 'topic', {}));

  test('is told in a few lines, and wholly in two files', () => {
    const { lines, unannounced } = compared(before(), after({}));
    expect(unannounced).toBe(9);
    expect(lines.slice(0, 2)).toEqual([
      'Existing resources: 9 changes that the configuration does not announce, 0 changes that it does.',
      '  topic arn:t0 added',
    ]);
    expect(readFileSync(join(folder, 'compare-after.txt'), 'utf8')).toContain('topic arn:t8 added');
    expect(existsSync(join(folder, 'compare-after.json'))).toBe(true);
  });

  test('is a part of a summary of at most 25 lines, which is cut where a command prints the rest', () => {
    const half = Object.fromEntries(Object.entries(announced).slice(0, 4));
    const unread = { buckets: { bucket: { $unknown: 'needs s3:ListAllMyBuckets' } } };
    const { lines: changes, unannounced } = compared(
      written('before', snapshotOf('topics', 'topic', {}, { services: { topics: { topic: {} }, ...unread } })),
      written(
        'after',
        snapshotOf('topics', 'topic', many, { announced: half, services: { topics: { topic: many }, ...unread } }),
      ),
    );
    expect(changes).toHaveLength(12);
    const found = { stage: 'dev', changes, criteria: Array(7).fill('criterion'), unannounced };
    const whole = summaryOf({ ...found, tags: Array(5).fill('tag') });
    expect([whole.length, whole.at(-1)]).toEqual([25, expect.stringMatching(/others changed the account meanwhile/)]);
    const cut = summaryOf({ ...found, tags: ['tag\ntag', ...Array(20).fill('tag')] });
    expect([cut.length, cut.at(-2)]).toEqual([25, '… 18 lines more: npx projen alert-test --stage dev --dry-run']);
  });

  test.each<[string, Partial<Snapshot>]>([
    ['what is announced', { announced }],
    ['what could not be read', { services: { topics: { topic: { $unknown: 'needs sns:ListTopics' } } } }],
  ])('does not fail it: %s', (_, more) => {
    expect(compared(before(), after(more)).unannounced).toBe(0);
  });
});
