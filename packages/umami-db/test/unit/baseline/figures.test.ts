import { expect, test } from 'vitest';
import { figuresOf } from '../../../runtime/baseline/figures';
import { type Reading, type Row, rate, type Source, value } from '../../../runtime/baseline/source';

const SOURCE: Source = {
  what: 'a view',
  view: 'a view',
  group: 'rates',
  sql: '',
  figures: [
    rate('counter', 'growth', '1/s', 1),
    value('gauge', 'gauge', 'sessions', 1),
    { column: 'counter', name: 'share', unit: '%', worse: 'higher', as: { per: 'total' }, times: 100 },
  ],
};

/** Rows of the cluster at some seconds. */
const readings = (...rows: readonly [seconds: number, row: Omit<Row, 'of'>][]): Reading[] =>
  rows.map(([seconds, row]) => ({ at: seconds * 1000, rows: [{ of: 'cluster', ...row }] }));

test.each<[string, Reading[], { readonly growth?: number[]; readonly share?: number[]; readonly refused: number }]>([
  [
    'by the second, and by another counter',
    readings([0, { counter: 10, total: 10 }], [2, { counter: 14, total: 18 }]),
    { growth: [2], share: [50], refused: 0 },
  ],
  [
    'while nothing is counted',
    readings([0, { counter: 10, total: 10 }], [2, { counter: 10, total: 10 }]),
    { growth: [0], refused: 0 },
  ],
  [
    'across a counter that goes down',
    readings([0, { counter: 10 }], [1, { counter: 3 }], [2, { counter: 5 }]),
    { growth: [2], refused: 1 },
  ],
  ['across a reset', readings([0, { counter: 1, reset: null }], [1, { counter: 9, reset: 'now' }]), { refused: 1 }],
  ['of a clock that goes back', readings([5, { counter: 1 }], [4, { counter: 9 }]), { refused: 1 }],
  ['of a clock that stands still', readings([5, { counter: 1 }], [5, { counter: 9 }]), { refused: 1 }],
  [
    'across a reading without a value',
    readings([0, { counter: 1 }], [1, { counter: null }], [2, { counter: 3 }]),
    { refused: 0 },
  ],
])('growth %s', (_, read, { growth, share, refused }) => {
  const measured = figuresOf(SOURCE, read);
  const samplesOf = (name: string) => measured.figures.find((figure) => figure.name === name)?.samples;

  expect([samplesOf('growth'), samplesOf('share'), measured.refused]).toEqual([growth, share, refused]);
});

test('a row that a reading lacks was not measured, or is one of zeros', () => {
  const read: Reading[] = [
    { at: 0, rows: [] },
    { at: 1000, rows: [{ of: 'umami', item: 'on Lock:relation', gauge: 3 }] },
  ];
  const gaugeOf = (absentIsZero: boolean) =>
    figuresOf({ ...SOURCE, absentIsZero }, read).figures.find(({ unit }) => unit === 'sessions');

  expect(gaugeOf(false)).toMatchObject({ name: 'gauge on Lock:relation', of: 'umami', samples: [3] });
  expect(gaugeOf(true)).toMatchObject({ samples: [0, 3] });
});
