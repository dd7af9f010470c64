import {
  type Answer,
  type Asked,
  type AwsEndpoint,
  json,
  jsonError,
  startEndpoint,
  xml,
} from '@user-metrics/aws-endpoint';
import { afterEach, expect, test } from 'vitest';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';

const ACCOUNT = '111122223333';

let endpoint: AwsEndpoint | undefined;
afterEach(() => endpoint?.close());

type Row = readonly [month: string, keys: readonly string[], amount: string];

/** What Cost Explorer has, by what is asked for. */
const BILL: { readonly [groupedBy: string]: readonly Row[] } = {
  'SERVICE,Component': [
    ['2026-09', ['EC2 - Other', 'Component$Infrastructure'], '33.4049'],
    ['2026-10', ['EC2 - Other', 'Component$Infrastructure'], '34.6051'],
    ['2026-10', ['AWS Lambda', 'Component$'], '0.0149'],
  ],
  Project: [
    ['2026-10', ['Project$UserMetrics'], '34.62'],
    ['2026-10', ['Project$'], '65.38'],
  ],
  RECORD_TYPE: [
    ['2026-10', ['Usage'], '80.0000000001'],
    ['2026-10', ['Tax'], '20'],
  ],
  SERVICE: [['2026-10', ['Tax'], '20']],
};

/** One row a page, so that a caller that reads only the first page is noticed. */
function costsOf({ GroupBy, NextPageToken }: Asked['parameters']): Answer {
  const rows = BILL[(GroupBy as { Key: string }[]).map(({ Key }) => Key).join()] ?? [];
  const index = Number(NextPageToken ?? 0);
  const ResultsByTime = rows.slice(index, index + 1).map(([month, Keys, Amount]) => ({
    TimePeriod: { Start: `${month}-01` },
    Groups: [{ Keys, Metrics: { UnblendedCost: { Amount, Unit: 'USD' } } }],
  }));
  return json({ ResultsByTime, ...(index + 1 < rows.length ? { NextPageToken: String(index + 1) } : {}) });
}

async function review(options: string[], refusal?: Answer) {
  endpoint = await startEndpoint(({ action, parameters, refuse }) => {
    if (action === 'GetCallerIdentity') return xml(action, `<Account>${ACCOUNT}</Account>`);
    if (action === 'GetCostAndUsage') return refusal ?? costsOf(parameters);
    if (action === 'GetResources') return json({ ResourceTagMappingList: [] });
    return refuse('AccessDenied', `not authorized to perform: ${action}`, 403);
  });
  return userMetrics(['cost-review', '--config', configFile(), ...options], signedIn(endpoint.url));
}

test('reviews a month from all pages, to the cent, and says what it may not read', async () => {
  const { code, out } = await review(['--month', '2026-10', '--json']);
  expect(code).toBe(0);
  const found = JSON.parse(out);
  expect(found).toMatchObject({
    month: '2026-10',
    total: 34.62,
    previous: 33.4,
    byComponent: [
      { name: 'Infrastructure', change: 1.2 },
      { name: 'untagged', amount: 0.01 },
    ],
    wholeAccount: { total: 100, untagged: 65.38, tax: 20 },
    reconciliation: { sum: 100, total: 100, isEqual: true },
  });
  expect(found.estimate).toBeGreaterThan(1);
  expect(found.notes.join('\n')).toMatch(/The state of the budget tags could not be read: .*not authorized/);
  const questions = endpoint?.asked.filter(({ action }) => action === 'GetCostAndUsage') ?? [];
  expect(questions.map(({ parameters }) => parameters['TimePeriod'])).toEqual(
    expect.arrayContaining([
      { Start: '2025-11-01', End: '2026-11-01' },
      { Start: '2026-10-01', End: '2026-11-01' },
    ]),
  );
});

test.each([
  ["Linked account doesn't have access to cost explorer.", 'The payer (management) account hides Cost Explorer'],
  ['User not enabled for cost explorer access', 'Cost Explorer is not enabled in this account'],
])('says what to do when AWS says: %s', async (said, sentence) => {
  const { code, error } = await review(['--month', '2026-10'], jsonError('AccessDeniedException', said));
  expect(code).toBe(3);
  expect(error).toContain(sentence);
  expect(error).toContain(`AWS said: ${said}`);
});

test.each([
  [['--month', '2026-13'], 'Give a year and a month, such as 2026-10.'],
  [['--month', '2999-01'], '--month must be a month with a day that is over, got: 2999-01'],
  [['--format', 'pdf'], 'Allowed choices are text, json, csv, markdown, html.'],
])('is refused before anything is asked: %o', async (options, message) => {
  const { code, error } = await review(options);
  expect([code, endpoint?.asked]).toEqual([2, []]);
  expect(error).toContain(message);
});
