import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNTAGGED } from '@user-metrics/cost/cost-explorer';
import { describe, expect, test } from 'vitest';
import { withGeneratedPart } from '../../../src/cost-review/document';
import { EXAMPLE } from '../../../src/cost-review/example';
import type { ReviewInput } from '../../../src/cost-review/input';
import { monthBefore, reviewOf } from '../../../src/cost-review/review';
import { costReviewSchema } from '../../../src/cost-review/schema';
import { exampleDocument } from '../../../src/report/cost-review/example-document';
import { FORMATS } from '../../../src/report/cost-review/formats';
import { costReviewDocument } from '../../../src/verification/cost/cost-review-document';
import { testCriterion } from '../verification/criterion-cases';

const review = (change: Partial<ReviewInput> = {}) => reviewOf({ ...EXAMPLE, ...change });
const costs = (...months: readonly (readonly [month: string, service: string, amount: number])[]) =>
  months.map(([month, service, amount]) => ({ month, service, component: 'Umami', amount }));

test('compares a month with the month before, by service and component, and names what moved most', () => {
  expect(review()).toMatchObject({
    state: 'complete',
    total: 135.13,
    previous: 119.72,
    verdict: 'within $100–150',
    byComponent: [
      { name: 'Infrastructure', amount: 60.02, previous: 59.57, change: 0.45 },
      { name: 'OpenReplay', amount: 59.64 },
      { name: 'Umami' },
      { name: UNTAGGED, amount: 0.36 },
    ],
    movements: [
      { name: 'Amazon Elastic Container Service', change: 14.72 },
      { name: 'EC2 - Other' },
      { name: 'Amazon Simple Storage Service' },
    ],
    history: [{ month: '2026-08' }, { month: '2026-09', amount: 119.72 }, { month: '2026-10', amount: 135.13 }],
    wholeAccount: { total: 1235.46, untagged: 287.93, untaggedShare: 0.2331, creditsAndRefunds: -50, tax: 98 },
    reconciliation: { isEqual: true },
  });
  expect(monthBefore('2026-01')).toBe('2025-12');
});

test('a month without a cost is not called below the mark', () => {
  expect(review({ ofProject: [] }).verdict).toMatch(/^Cost Explorer has no cost of it/);
});

describe('says what a month lacks', () => {
  test.each([
    ['no data', { ofProject: [] }, /Cost Explorer has no cost of Project=UserMetrics in 2026-10/],
    ['partial', { today: '2026-10-12' }, /The month is not over: these are its days before 2026-10-12\./],
    ['complete', { ofProject: costs(['2026-10', 'EC2 - Other', 3]) }, /This is the first month with a cost/],
    ['complete', {}, /Credits and refunds of -50\.00 USD in the account are left out/],
    ['complete', { includeCreditsAndRefunds: true }, /Credits and refunds of -50\.00 USD in the account are counted/],
    ['complete', { unread: ['The tags could not be read: no'] }, /The tags could not be read: no/],
    ['complete', { today: '2026-11-09' }, /AWS may still correct this month/],
    [
      'complete',
      { byProject: [{ project: 'Shop', amount: 1235.45 }] },
      /sum up to 1235\.45 USD, and the account cost 1235\.46/,
    ],
  ] as const)('%s: %o', (state, change, note) => {
    const found = review(change);
    expect(found.state).toBe(state);
    expect(found.notes.join('\n')).toMatch(note);
  });

  test('a first month is compared with nothing, and a bill in another currency not with the limit', () => {
    const first = review({ ofProject: costs(['2026-10', 'EC2 - Other', 300]), currency: 'CNY' });
    expect(first).not.toHaveProperty('previous');
    expect(first.byService).toEqual([{ name: 'EC2 - Other', amount: 300 }]);
    expect(first.verdict).toBe('not compared: the bill is in CNY, and the limit in USD');
    expect(first.toDo.join()).not.toContain('of $150');
  });

  test('a service that is gone falls, and one of a later month does not count', () => {
    const found = review({ ofProject: costs(['2026-09', 'A', 40], ['2026-10', 'B', 2], ['2026-11', 'C', 9]) });
    expect(found.byService).toEqual([
      { name: 'B', amount: 2, previous: 0, change: 2 },
      { name: 'A', amount: 0, previous: 40, change: -40 },
    ]);
    expect(found.toDo).toContainEqual(expect.stringMatching(/^A fell by 40\.00 USD/));
  });
});

test.each([
  [{ limit: 120 }, /^The month cost \$135\.13 of \$120/],
  [{ today: '2026-10-20', forecast: 171 }, /will end at about \$171\.00 of \$150/],
  [{ tags: { resources: 9, incomplete: 2 } }, /^2 of 9 resources lack a required tag/],
  [{ estimate: 100 }, /^The month cost \$35\.13 more than the estimate/],
  [{ budgetTags: ['Project not-yet-seen'] }, /^A key of the budget is not known to be active/],
  [{ storage: [{ bucket: 'b', before: 10, after: 20 }] }, /^The recordings in b grew by 100 %/],
  [{ ofProject: EXAMPLE.ofProject.map((cost) => ({ ...cost, component: UNTAGGED })) }, /^100 % of the project's cost/],
] as const)('leads to something: %o', (change, line) => {
  expect(review(change).toDo).toContainEqual(expect.stringMatching(line));
});

test('a quiet month leads to nothing', () => {
  const quiet = costs(['2026-09', 'EC2 - Other', 30], ['2026-10', 'EC2 - Other', 31]);
  expect(review({ ofProject: quiet }).toDo).toEqual(['Nothing: record the outcome.']);
});

describe('is written as', () => {
  const written = (format: string, change: Partial<ReviewInput> = {}) => FORMATS[format]?.(review(change)) ?? '';

  test('JSON of the schema', () => {
    expect(costReviewSchema.strict().parse(JSON.parse(written('json')))).toEqual(review());
  });

  test('CSV, in which no name is a formula', () => {
    const csv = written('csv', { ofProject: costs(['2026-10', '=cmd|" /C"', 1], ['2026-10', 'a, b', 2]) });
    expect(csv.split('\r\n').slice(0, 3)).toEqual([
      'month,kind,name,currency,amount,previous,change',
      '2026-10,service,"a, b",USD,2,,',
      `2026-10,service,"'=cmd|"" /C""",USD,1,,`,
    ]);
  });

  test.each(['text', 'markdown', 'html'])('no table is announced where no service is without the tag: %s', (format) => {
    expect(written(format)).toContain(', and among them:');
    const without = written(format, { untaggedServices: [] });
    expect(without).toContain('have no tag Project');
    expect(without).not.toMatch(/among them|^service +USD|\| service \| USD|<th[^>]*>USD/m);
  });

  test('Markdown and HTML, in which names are text, and which load nothing', () => {
    const names = costs(['2026-10', '<b>|x', 1]);
    expect(written('markdown', { ofProject: names })).toContain('| <b>\\|x | 1.00 |');
    const html = written('html', { ofProject: names });
    expect(html).toContain('&lt;b>|x');
    expect(html).toMatch(/<svg[\s\S]*2026-10[\s\S]*limit \$150/);
    expect(html).not.toMatch(/<script|https?:\/\//);
  });
});

const text = readFileSync(join(__dirname, '../../../../../docs/cost-review.md'), 'utf8');

testCriterion(
  costReviewDocument,
  { text },
  {
    'its figures are of an older release': {
      observed: { text: text.replace('135.13', '135.14') },
      says: ['its figures are not those of npx projen cost-review --example'],
    },
    'a step is missing': {
      observed: { text: text.replace(/^8\. /m, '- ') },
      says: ['the document has 7 steps, and the review 8'],
    },
  },
);

test('the generated part of the document is written anew', () => {
  expect(withGeneratedPart(text.replace('135.13', '0'), exampleDocument())).toBe(text);
});
