import { stripVTControlCharacters } from 'node:util';
import { type Baseline, compareBaselines, type Figure } from '@user-metrics/umami-db/verification';
import { expect, test } from 'vitest';
import { baselineHtml } from '../../src/report';
import { baselineTable } from '../../src/report/baseline/terminal';

/** 24 measurements about a value. */
const around = (value: number) => Array.from({ length: 24 }, (_, index) => value + ((index * 7) % 11) / 10);

function figureOf(name: string, samples: readonly number[]): Figure {
  return { name, group: 'rates', of: 'others', unit: '1/s', worse: 'higher', samples };
}

function baselineOf(capturedAt: string, figures: readonly Figure[], server = '17.4'): Baseline {
  const identity = { database: 'shop', server, aurora: null, isStandby: false, startedAt: '2026-10-01T00:00:00.000Z' };
  return {
    format: 1,
    identity: { ...identity, statsReset: {}, parameters: {}, capturedAt, seconds: 60, hasUmami: false },
    figures,
    notRead: [{ what: 'pg_stat_wal', state: 'not applicable', reason: '<b>refused</b>' }],
  };
}

const [BEFORE, AFTER] = ['2026-11-02T10:00:00.000Z', '2026-11-09T10:00:00.000Z'];

test('the page shows each measurement of each tested figure, and nothing comes from outside', () => {
  const figures = (reads: number) => [
    figureOf('blocks read', around(reads)),
    figureOf('commits', around(50)),
    figureOf('sizes', [reads]),
  ];
  const page = baselineHtml(compareBaselines(baselineOf(BEFORE, figures(100)), baselineOf(AFTER, figures(200))));
  const plots = page.match(/<svg.*?<\/svg>/gs) ?? [];

  expect(plots.map((plot) => plot.match(/<circle/g)?.length)).toEqual([48, 48]);
  expect(plots[0]).toContain('aria-label="blocks read: all measurements before and after"');
  expect(page).toMatch(/1 worse<\/span>.*1 same<\/span>.*1 not tested<\/span>/s);
  expect(page).toContain('101/s → 201/s');
  expect(page).toContain('&lt;b>refused&lt;/b>');
  expect(page).not.toMatch(/<script|https?:/);
});

test('the page of two that cannot be compared says why', () => {
  const page = baselineHtml(compareBaselines(baselineOf(BEFORE, []), baselineOf(AFTER, [], '18.1')));

  expect(page).toContain('The two cannot be compared.');
  expect(page).toContain('The release of PostgreSQL changed: 17.4 before, 18.1 after.');
});

test('a terminal shows what changed, and counts the rest', () => {
  const figures = (reads: number) => [figureOf('blocks read', around(reads)), figureOf('commits', around(50))];
  const table = stripVTControlCharacters(
    baselineTable(compareBaselines(baselineOf(BEFORE, figures(100)), baselineOf(AFTER, figures(200))), 120),
  );

  expect(table).toContain('Figures: 1 worse, 0 changed, 0 better; 1 the same');
  expect(table).toMatch(/^Worse\n.*\nblocks read +all others +101\/s +201\/s/m);
  expect(table).not.toMatch(/^commits|Method/m);
});
