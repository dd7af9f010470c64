import { jsonError } from '@user-metrics/aws-endpoint';
import { describe, expect, test } from 'vitest';
import { CostDashboard, CostTrend } from '../../../src';
import { type DayLine, sentenceOf } from '../../../src/cost-explorer';
import { newStack, ofType } from '../../unit/template';
import { type Entry, type Run, run } from './function';

const NAT = 'EC2 - Other';
const NOON = '2026-11-20T12:00:00Z';

/** $2 a day from the first to a day of November. */
const through = (last: number): Entry[] =>
  Array.from({ length: last }, (_, index): Entry => [`2026-11-${String(index + 1).padStart(2, '0')}`, NAT, 'Umami', 2]);

const dayOf = ({ events }: Run, day: string) =>
  events.map(({ line }) => line).find((line): line is DayLine => line.kind === 'day' && line.day === day);

/** Names of the fields of a line as Logs Insights finds them. */
const fieldsOf = (line: object): string[] =>
  Object.entries(line).flatMap(([name, value]) =>
    typeof value === 'object' ? fieldsOf(value).map((field) => `${name}.${field}`) : [name],
  );

/** What a query that takes the latest event of each day finds after some runs. */
function chart(...runs: Run[]): { [day: string]: number } {
  const sorted = runs.flatMap(({ events }) => events).sort((one, other) => one.timestamp - other.timestamp);
  return Object.fromEntries(sorted.flatMap(({ line }) => (line.kind === 'day' ? [[line.day, line.total]] : [])));
}

test('asks once for whole months, without credits and refunds, by service and component', async () => {
  const { asked, returned, metric } = await run({ costs: through(19) }, NOON);
  const questions = asked.filter(({ action }) => action.startsWith('Get'));
  expect(questions.map(({ action, parameters }) => [action, parameters])).toEqual([
    [
      'GetCostAndUsage',
      {
        TimePeriod: { Start: '2026-11-01', End: '2026-11-20' },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost'],
        Filter: {
          And: [
            { Tags: { Key: 'Project', Values: ['UserMetrics'], MatchOptions: ['EQUALS'] } },
            { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } },
          ],
        },
        GroupBy: [
          { Type: 'DIMENSION', Key: 'SERVICE' },
          { Type: 'TAG', Key: 'Component' },
        ],
      },
    ],
  ]);
  expect(returned).toMatchObject({ state: 'ok', newestDay: '2026-11-19', monthToDate: 38, forecast: 60, pages: 1 });
  expect(metric).toBe(0);
});

test('names services and components, a cost without the tag, and puts the rest together', async () => {
  const costs: Entry[] = [
    ['2026-11-19', NAT, 'Umami', 1],
    ['2026-11-19', NAT, '', 0.5],
    ['2026-11-19', 'Amazon Simple Storage Service', 'Shop', 0.25],
    ['2026-11-19', 'Tax', 'OpenReplay', -0.05],
  ];
  const answer = await run({ costs }, NOON, [NAT, 'AWS Lambda']);
  expect(dayOf(answer, '2026-11-19')).toMatchObject({
    total: 1.7,
    service: { EC2_Other: 1.5, Lambda: 0, Other: 0.2 },
    component: { Umami: 1, OpenReplay: -0.05, untagged: 0.5, Other: 0.25 },
    budgetLimit: 150,
    lowerMark: 100,
  });
});

test('names the ten most expensive services above one cent, and the rest', async () => {
  const costs = Array.from({ length: 12 }, (_, index): Entry => ['2026-11-19', `S${index}`, '', (index + 1) / 10]);
  const { returned } = await run({ costs: [...costs, ['2026-11-19', 'Tiny', '', 0.001]] }, NOON);
  expect(returned?.services).toMatch(/^S11 \$1\.20, S10 \$1\.10, .*, S2 \$0\.30, Other \$0\.30$/);
});

test('writes every field that the dashboard reads, and the metric of the alarm', async () => {
  const stack = newStack();
  const trend = new CostTrend(stack, 'CostTrend', { project: 'UserMetrics' });
  new CostDashboard(stack, 'Dashboard', { trend });
  const [dashboard] = ofType(stack, 'AWS::CloudWatch::Dashboard');
  const parts: unknown[] = dashboard?.properties.DashboardBody['Fn::Join'][1];
  const body = parts.filter((part) => typeof part === 'string').join('');
  const read = [...body.matchAll(/latest\(([\w.]+)\)|display ([\w., ]+)/g)].flatMap(([, one, list]) =>
    (one ?? list ?? '').split(', '),
  );
  const { events, log } = await run({ costs: through(19) }, NOON, trend.services, trend.components);
  const written = events.flatMap(({ line }) => fieldsOf(line));
  expect(read.length).toBeGreaterThan(20);
  expect(read.filter((field) => !written.includes(field))).toEqual([]);
  const [alarm] = ofType(stack, 'AWS::CloudWatch::Alarm');
  expect(log).toContain(`"${alarm?.properties.MetricName}":0`);
});

test('stamps each day inside that day, and no day that CloudWatch Logs would refuse', async () => {
  const { events } = await run({ costs: through(19) }, NOON);
  const days = events.filter(({ line }) => line.kind === 'day');
  expect(days).toHaveLength(12);
  for (const { timestamp, line } of days)
    expect(new Date(timestamp).toISOString().slice(0, 10)).toBe((line as DayLine).day);
  expect(Date.parse(NOON) - Math.min(...days.map(({ timestamp }) => timestamp))).toBeLessThan(14 * 86_400_000);
});

test('a correction replaces what was known of a day, also when it lowers it, and no day counts twice', async () => {
  const before = await run({ costs: through(19) }, NOON);
  const lowered = through(20).map(
    (entry): Entry => (entry[0] === '2026-11-18' ? ['2026-11-18', NAT, 'Umami', 0.5] : entry),
  );
  const after = await run({ costs: lowered }, '2026-11-21T12:00:00Z');
  expect(chart(before, after)).toMatchObject({ '2026-11-17': 2, '2026-11-18': 0.5, '2026-11-20': 2 });
  expect(after.returned?.monthToDate).toBe(38.5);
  const again = await run({ costs: through(20) }, '2026-11-21T12:05:00Z');
  expect(chart(before, after, again)).toMatchObject({ '2026-11-18': 2 });
});

test('on the first days of a month the last month is read too, and is no part of the new one', async () => {
  const costs: Entry[] = [
    ['2026-11-29', NAT, 'Umami', 3],
    ['2026-11-30', NAT, 'Umami', 3],
    ['2026-12-01', NAT, 'Umami', 1],
  ];
  const answer = await run({ costs }, '2026-12-02T12:00:00Z');
  expect(dayOf(answer, '2026-11-30')).toMatchObject({ monthToDate: 6, forecast: 6 });
  expect(dayOf(answer, '2026-12-01')).toMatchObject({ total: 1, monthToDate: 1, forecast: 31 });
  expect((await run({ costs: costs.slice(0, 2) }, '2026-12-01T12:00:00Z')).returned).toMatchObject({ monthToDate: 6 });
});

test('reads all pages, and no more than ten: an incomplete figure is none', async () => {
  expect((await run({ costs: through(19), daysOfPage: 4 }, NOON)).returned).toMatchObject({
    monthToDate: 38,
    pages: 5,
  });
  const cut = await run({ costs: through(19), daysOfPage: 1 }, NOON);
  expect(cut.returned).toMatchObject({ state: 'too-many-pages', pages: 10 });
  expect(cut.metric).toBeUndefined();
  expect(chart(cut)).toEqual({});
});

describe('why there is no figure', () => {
  const denied = (message: string) => jsonError('AccessDeniedException', message);
  test.each([
    ['not-enabled', { costs: [], error: denied('User not enabled for cost explorer access') }],
    ['not-enabled', { costs: [], error: jsonError('DataUnavailableException', 'Data is not available.') }],
    ['hidden-by-payer', { costs: [], error: denied("Linked account doesn't have access to cost explorer.") }],
    ['denied', { costs: [], error: denied('User: f is not authorized to perform: ce:GetCostAndUsage') }],
    ['tag-inactive', { costs: [], projects: [] }],
    ['no-new-figures', { costs: through(17) }],
    ['ok', { costs: through(18) }],
  ] as const)('%s', async (state, account) => {
    const { returned, thrown, metric, log, events } = await run({ ...account, costs: [...account.costs] }, NOON);
    expect([returned?.state, thrown]).toEqual([state, undefined]);
    expect(events.at(-1)?.line).toEqual(returned);
    expect(log).toContain(sentenceOf(state));
    expect(metric === undefined).toBe(account.costs.length === 0);
  });

  test.each([
    [
      'an error of Cost Explorer',
      { error: jsonError('ValidationException', 'No such dimension.') },
      'No such dimension.',
    ],
    ['another currency', { currency: 'CNY' }, 'The cost of the project must be in USD, got: CNY.'],
  ])('fails for %s, after it was written', async (_, account, message) => {
    const { thrown, events } = await run({ costs: through(19), ...account }, NOON);
    expect(thrown).toBe(message);
    expect(events.map(({ line }) => line)).toMatchObject([{ state: 'failed' }]);
  });
});
