import { describe, expect, test } from 'vitest';
import type { BaselineIdentity, Figure } from '../../../runtime/baseline/baseline';
import { compareBaselines } from '../../../runtime/baseline/compare';
import { AFTER, baselineOf, figureOf, seeded } from './baselines';

const SAMPLES = 24;
const FIGURES = 40;
const RUNS = 40;

type Random = () => number;
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const times = (make: () => number) => Array.from({ length: SAMPLES }, make);

/** Each measurement is like the one before it, by so much. */
function autocorrelated(random: Random, correlation: number, noise: number): number[] {
  let value = normal(random);
  return times(() => {
    value = correlation * value + Math.sqrt(1 - correlation ** 2) * normal(random);
    return 100 + noise * value;
  });
}

/** Samples of one window each, so noisy that chance alone makes changes of more than a fifth. */
const DISTRIBUTIONS: { readonly [name: string]: (random: Random) => number[] } = {
  normal: (random) => times(() => 100 + 60 * normal(random)),
  'log-normal': (random) => times(() => 100 * Math.exp(0.5 * normal(random))),
  bimodal: (random) => times(() => (random() < 0.5 ? 300 : 100) + 10 * normal(random)),
  'autocorrelated (0.5)': (random) => autocorrelated(random, 0.5, 60),
  'autocorrelated (0.7)': (random) => autocorrelated(random, 0.7, 60),
  'mostly zero': (random) => times(() => (random() < 0.9 ? 0 : 5 * random())),
  constant: () => times(() => 100),
};

/** Share of comparisons of many figures that call any of them changed. */
function falseAlarms(make: (random: Random) => number[], comparisons: number): number {
  const random = seeded(1);
  const figures = () =>
    Array.from({ length: FIGURES }, (_, index) =>
      figureOf(make(random), { name: `figure ${index}`, worse: 'neither' }),
    );
  const alarms = Array.from({ length: comparisons }, () => {
    const { figures: compared } = compareBaselines(baselineOf(figures()), baselineOf(figures(), AFTER));
    return compared.some(({ verdict }) => verdict === 'changed');
  });
  return alarms.filter(Boolean).length / comparisons;
}

test.each(Object.entries(DISTRIBUTIONS))(
  '%s: at most 5 of 100 comparisons without a change name one of 40 figures',
  (_, make) => {
    expect(falseAlarms(make, 60)).toBeLessThanOrEqual(0.05);
  },
);

// The chance of a shift of 30 % to be found among 40 figures, by the noise about the median.
test.each([
  ['normal, 10 %', (random: Random) => times(() => 100 + 10 * normal(random)), 0.9],
  ['log-normal, 15 %', (random: Random) => times(() => 100 * Math.exp(0.15 * normal(random))), 0.6],
  ['autocorrelated (0.3), 10 %', (random: Random) => autocorrelated(random, 0.3, 10), 0.4],
  ['constant', () => times(() => 100), 1],
])('%s: a shift of 30 percent is found, and its size', (_, make, share) => {
  const random = seeded(2);
  const others = (): Figure[] =>
    Array.from({ length: FIGURES - 1 }, (_, index) => figureOf(times(random), { name: `other ${index}` }));
  const found = Array.from({ length: RUNS }, () => {
    const after = make(random).map((value) => 1.3 * value);
    const { figures } = compareBaselines(
      baselineOf([figureOf(make(random)), ...others()]),
      baselineOf([figureOf(after), ...others()], AFTER),
    );
    return figures.find(({ name }) => name === 'commits');
  });
  const held = found.filter((figure) => figure?.change && figure.change.low <= 30 && 30 <= figure.change.high);

  expect(found.filter((figure) => figure?.verdict === 'worse').length / RUNS).toBeGreaterThanOrEqual(share);
  expect(held.length / RUNS).toBeGreaterThanOrEqual(0.9);
});

describe('a figure', () => {
  const random = seeded(3);
  const around = (value: number, noise = 1) => times(() => value + noise * normal(random));
  const verdict = (before: Figure | undefined, after: Figure | undefined, identity: Partial<BaselineIdentity> = {}) => {
    const list = (figure: Figure | undefined) => (figure ? [figure] : []);
    const { figures } = compareBaselines(baselineOf(list(before)), baselineOf(list(after), { ...AFTER, ...identity }));
    return figures.map(({ verdict, reason }) => [verdict, reason]);
  };

  test.each([
    ['higher, where that is worse', figureOf(around(100)), figureOf(around(130)), 'worse'],
    ['lower, where higher is worse', figureOf(around(100)), figureOf(around(70)), 'better'],
    [
      'lower, where that is worse',
      figureOf(around(100), { worse: 'lower' }),
      figureOf(around(70), { worse: 'lower' }),
      'worse',
    ],
    [
      'higher, where neither is',
      figureOf(around(9), { worse: 'neither' }),
      figureOf(around(20), { worse: 'neither' }),
      'changed',
    ],
    ['changed by less than a fifth', figureOf(around(100)), figureOf(around(110)), 'same'],
    [
      'changed by less than matters',
      figureOf(around(10), { relevant: 9 }),
      figureOf(around(15), { relevant: 9 }),
      'same',
    ],
    ['always 0', figureOf([0, 0, 0]), figureOf([0, 0, 0]), 'same'],
    ['too noisy to tell', figureOf(around(100, 50)), figureOf(around(100, 50)), 'unclear'],
    ['measured three times', figureOf([1, 2, 3]), figureOf([7, 8, 9]), 'unclear'],
    ['measured once', figureOf([1]), figureOf([7]), 'not comparable'],
    ['new', undefined, figureOf([1, 2]), 'not comparable'],
    ['gone', figureOf([1, 2]), undefined, 'not comparable'],
  ])('%s', (_, before, after, expected) => {
    expect(verdict(before, after)).toEqual([[expected, /unclear|not/.test(expected) ? expect.any(String) : undefined]]);
  });

  test('of a view that was reset', () => {
    const figure = figureOf(around(100), { source: 'pg_stat_database' });
    const statsReset = { pg_stat_database: '2026-11-05T08:00:00.000Z' };

    expect(verdict(figure, figure, { statsReset })).toEqual([
      ['not comparable', 'pg_stat_database was reset at 2026-11-05T08:00:00.000Z.'],
    ]);
  });

  test('of a wait event that no session waited for before', () => {
    const waits = (name: string, samples: readonly number[]) => figureOf(samples, { name, group: 'waits' });
    const any = waits(
      'active sessions waiting on any event',
      times(() => 0),
    );
    const lock = waits(
      'active sessions waiting on Lock:relation',
      times(() => 2),
    );
    const { figures } = compareBaselines(baselineOf([any]), baselineOf([any, lock], AFTER));

    expect(figures.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['active sessions waiting on Lock:relation', 'worse'],
      ['active sessions waiting on any event', 'same'],
    ]);
  });
});

test.each<[string, Partial<BaselineIdentity>, string]>([
  [
    'a restart',
    { startedAt: '2026-11-05T00:00:00.000Z' },
    'The server was restarted: it had started at 2026-10-01T00:00:00.000Z before, at 2026-11-05T00:00:00.000Z after. Its caches and counters began anew.',
  ],
  ['another release', { server: '17.5' }, 'The release of PostgreSQL changed: 17.4 before, 17.5 after.'],
  ['another release of Aurora', { aurora: null }, 'The release of Aurora changed: 17.4.2 before, null after.'],
  [
    'another instance class',
    { instanceClass: 'db.r6g.xlarge' },
    'The instance class changed: db.r6g.large before, db.r6g.xlarge after.',
  ],
  ['another database', { database: 'other' }, 'They are of two databases: shop before, other after.'],
  ['a reader', { isStandby: true }, 'One is of the writer, the other of a reader.'],
  [
    'the wrong order',
    { capturedAt: '2026-10-02T10:00:00.000Z' },
    'The first was captured at 2026-11-02T10:00:00.000Z, the second at 2026-10-02T10:00:00.000Z: the earlier one must be the first.',
  ],
])('nothing is compared across %s', (_, identity, reason) => {
  const figures = [figureOf([1, 2, 3])];

  expect(compareBaselines(baselineOf(figures), baselineOf(figures, { ...AFTER, ...identity }))).toMatchObject({
    refused: [reason],
    figures: [],
  });
});

test('what a reader has to know is noted', () => {
  const { notes } = compareBaselines(
    baselineOf([], { hasUmami: true, instanceClass: undefined }),
    baselineOf([], { ...AFTER, parameters: { work_mem: '8192 kB' }, capturedAt: '2026-11-09T16:00:00.000Z' }),
  );

  expect(notes).toEqual([
    'Parameter work_mem was 4096 kB, and is 8192 kB.',
    'The two windows are not of the same hour of the week (6 hours apart): the load of the application alone may make a difference.',
    "Umami's schema or database role existed already when the first one was captured.",
    'The instance class is not known of both: a change of it is not seen.',
  ]);
});
