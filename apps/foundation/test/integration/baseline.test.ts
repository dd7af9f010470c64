import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AwsEndpoint, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import type { Baseline, Figure } from '@user-metrics/umami-db/verification';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { baselineComparisonSchema, baselineSchema } from '../../src/snapshot/baseline-schema';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';

/** 24 measurements about a value. */
const around = (value: number) => Array.from({ length: 24 }, (_, index) => value + ((index * 7) % 11) / 10);

function baselineOf(reads: number, capturedAt: string, of: Figure['of'] = 'others', server = '17.4'): Baseline {
  const identity = { database: 'shop', server, aurora: null, isStandby: false, startedAt: '2020-10-01T00:00:00.000Z' };
  return {
    format: 1,
    identity: { ...identity, statsReset: {}, parameters: {}, capturedAt, seconds: 60, hasUmami: false },
    figures: [{ name: 'blocks read', group: 'rates', of, unit: '1/s', worse: 'higher', samples: around(reads) }],
    notRead: [
      { what: 'pg_stat_io', state: 'unknown', reason: 'permission denied', fix: 'grant pg_monitor to "admin"' },
    ],
  };
}

/** A week apart, and both before any clock of a test. */
const [BEFORE, AFTER] = ['2020-11-06T10:00:00.000Z', '2020-11-13T10:00:00.000Z'];

interface Asked {
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: { readonly Metric: { readonly MetricName: string } };
  }[];
  readonly StartTime: number;
  readonly EndTime: number;
}

/** Hourly values of the processors since the begin of what is asked; no other metric has any. */
function metricsOf({ MetricDataQueries, StartTime, EndTime }: Asked) {
  return json({
    MetricDataResults: MetricDataQueries.map((query) => {
      const hasValues = query.MetricStat.Metric.MetricName === 'CPUUtilization';
      const hours = hasValues ? Array.from({ length: (EndTime - StartTime) / 3600 }, (_, hour) => hour) : [];
      return { Id: query.Id, Timestamps: hours.map((hour) => StartTime + hour * 3600), Values: hours.map(() => 20) };
    }),
  });
}

/** What the database has now, what the function was asked for, and a call that is denied. */
const account = { reads: 100, asked: [] as object[], denied: '' };
let endpoint: AwsEndpoint;
let config: string;
let folder: string;

beforeAll(async () => {
  config = configFile();
  folder = join(dirname(config), 'snapshots', '111122223333', 'dev');
  endpoint = await startEndpoint(({ action, parameters, refuse }) => {
    if (account.denied && action.includes(account.denied)) return refuse('AccessDeniedException', 'no', 403);
    if (action === 'GetCallerIdentity') return xml(action, '<Account>111122223333</Account>');
    if (action === 'GetParameter') return json({ Parameter: { Value: 'UmamiVerification' } });
    if (action === 'GetMetricData') return metricsOf(parameters as never);
    if (!action.endsWith('/UmamiVerification/invocations')) return xml(action, '');
    account.asked.push(parameters);
    return json({ action: 'baseline', ...baselineOf(account.reads, AFTER) });
  });
});
afterAll(async () => {
  await endpoint.close();
  rmSync(dirname(config), { recursive: true });
});
beforeEach(() => {
  Object.assign(account, { reads: 100, asked: [], denied: '' });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

const baseline = (...args: string[]) => userMetrics(['baseline', ...args], signedIn(endpoint.url));
const ofStage = (...args: string[]) => baseline(...args, '--config', config, '--stage', 'dev');
const keep = (name: string, content: unknown) => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const FIRST = 'before-first-ddl-2020-11-06T10-00-00.000Z.json';
const SAVED = 'baseline-2020-11-13T10-00-00.000Z.json';
const COMPARED = ['html', 'json', 'md'].map((ending) => `baseline-comparison-2020-11-13T10-00-00.000Z.${ending}`);

test('capture asks the function, adds the week of CloudWatch, and writes a file for its owner alone', async () => {
  const { code, out, error } = await ofStage('capture', '--seconds', '5', '--json');

  expect([code, account.asked]).toEqual([0, [{ action: 'baseline', seconds: 5 }]]);
  expect(readdirSync(folder)).toEqual([SAVED]);
  const saved = baselineSchema.parse(JSON.parse(readFileSync(join(folder, SAVED), 'utf8')));
  expect(JSON.parse(out)).toEqual(saved);
  expect(statSync(join(folder, SAVED)).mode & 0o777).toBe(0o600);
  expect(saved.cluster).toMatchObject({ account: '111122223333', stage: 'dev' });
  const samples = saved.figures.map(({ group, samples }) => `${group} ${samples.length}`);
  expect(samples).toEqual(['cloudwatch 168', 'cloudwatch 168', 'rates 24']);
  expect(error).toContain('pg_stat_io (permission denied; to read it: grant pg_monitor to "admin")');
});

describe('compare', () => {
  test('measures now as long as before the first DDL, with the same weekday hours, and writes three files', async () => {
    keep(FIRST, { capturedAt: BEFORE, notRead: [], baseline: baselineOf(100, BEFORE) });

    const { code, out, error } = await ofStage('compare');

    expect([code, account.asked]).toEqual([0, [{ action: 'baseline', seconds: 60 }]]);
    expect(readdirSync(folder)).toEqual([SAVED, ...COMPARED, FIRST]);
    expect(COMPARED.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    const written = JSON.parse(readFileSync(join(folder, COMPARED[1] ?? ''), 'utf8'));
    const { figures } = baselineComparisonSchema.parse(written);
    expect(figures.map(({ verdict, before }) => `${verdict} ${before.length}`)).toEqual([
      'same 168',
      'same 168',
      'same 24',
    ]);
    expect(out).toContain('No figure changed: 3 the same');
    expect(error).toContain('Written: ');
  });

  test('exits with 1 when a figure is worse now than in a named file', async () => {
    account.reads = 200;
    const before = keep('a.json', { ...baselineOf(100, BEFORE) });
    const { code, out } = await ofStage('compare', before);
    expect([code, out]).toEqual([1, expect.stringMatching(/1 worse.*blocks read.*101\/s.*201\/s/s)]);
  });

  test.each<[string, number, string, Baseline]>([
    ['the same', 0, '"same"', baselineOf(100, AFTER)],
    ['worse', 1, '"worse"', baselineOf(200, AFTER)],
    ['another release', 1, 'The release of PostgreSQL changed', baselineOf(100, AFTER, 'others', '18.1')],
    ['the earlier one second', 1, 'the earlier one must be the first', baselineOf(100, '2020-01-01T00:00:00.000Z')],
  ])('two files without an account: %s', async (_, code, said, after) => {
    const output = join(folder, 'out');
    const files = [keep('a.json', baselineOf(100, BEFORE)), keep('b.json', after)];
    const result = await userMetrics(['baseline', 'compare', ...files, '--json', '--output', output]);
    expect([result.code, result.out]).toEqual([code, expect.stringContaining(said)]);
    baselineComparisonSchema.parse(JSON.parse(result.out));
    expect(readdirSync(output)).toHaveLength(3);
  });

  test("does not count Umami's own figures", async () => {
    const files = [keep('a.json', baselineOf(100, BEFORE, 'umami')), keep('b.json', baselineOf(200, AFTER, 'umami'))];
    const { code, out } = await baseline('compare', ...files);
    expect([code, out]).toEqual([0, expect.stringContaining('1 worse')]);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', 'x', 'is not valid JSON'],
    ['another format', { ...baselineOf(1, AFTER), format: 2 }, '`format` must be 1, got: 2'],
    ['a wrong value', { ...baselineOf(1, AFTER), figures: [{}] }, '`figures.0.name`'],
    ['a capture without one', { capturedAt: AFTER, notRead: ['Too slow.'] }, 'none was measured. Too slow.'],
    [
      'another cluster',
      { ...baselineOf(1, AFTER), cluster: { account: '1', region: 'r', stage: 'dev', identifier: 'other' } },
      'must be of the same cluster, got: shop and other',
    ],
  ])('refuses %s', async (_, content, said) => {
    const cluster = { account: '1', region: 'r', stage: 'dev', identifier: 'shop' };
    const files = [keep('a.json', { ...baselineOf(1, BEFORE), cluster }), keep('b.json', content)];
    const { code, error } = await baseline('compare', ...files);
    expect([code, error]).toEqual([2, expect.stringContaining(said)]);
    expect(error).not.toMatch(/^\s+at /m);
  });

  test('without a baseline of before the first DDL says what to name, and measures nothing', async () => {
    const { code, error } = await ofStage('compare');
    expect([code, error, account.asked]).toEqual([2, expect.stringContaining('baseline compare <file>'), []]);
  });
});

test.each([
  ['a denied invocation', 3, 'lambda:InvokeFunction', 'invocations', []],
  ['a window of no length', 2, 'a whole number from 1 to 90', '', ['--seconds', '0']],
])('capture ends with %s', async (_, code, said, denied, args) => {
  account.denied = denied;
  const result = await ofStage('capture', ...args);
  expect([result.code, result.error]).toEqual([code, expect.stringContaining(said)]);
  expect(readdirSync(folder)).toEqual([]);
});
