import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LogsAndArchive, startAws } from './aws-endpoint';
import { makeFunction } from './function';

const NOW = '2026-03-31T13:05:00Z';
const DAY = 24 * 60 * 60 * 1000;
const CHECKOUT = '/aws/lambda/checkout';

let aws: LogsAndArchive;
let bare: ReturnType<typeof makeFunction>;

beforeAll(() => {
  bare = makeFunction();
});
afterAll(() => bare.close());
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const run = (options: { now?: string; logGroups?: string[]; looksAtTime?: number } = {}) =>
  bare.run({ url: aws.url, now: NOW, ...options });
const exported = (...days: string[]) => days.map((day) => ({ logGroup: CHECKOUT, day }));
const progressOf = (logGroup: string) =>
  JSON.parse(aws.objects.get(`/archive/progress/${encodeURIComponent(logGroup)}.json`) ?? 'null')?.exportedThrough;
const created = () => aws.calls().filter((call) => call === 'CreateExportTask').length;
function noted(logGroup: string, exportedThrough: string): void {
  const path = `/archive/progress/${encodeURIComponent(logGroup)}.json`;
  aws.objects.set(path, JSON.stringify({ logGroup, exportedThrough }));
}

describe('a run', () => {
  test('exports the last day that ended a day ago, of each log group, one after the other', async () => {
    const { report } = await run();
    expect(report).toEqual({
      exported: [...exported('2026-03-29'), { logGroup: 'audit', day: '2026-03-29' }],
      failed: [],
      waiting: [],
    });
    expect(aws.logs.tasks).toMatchObject([
      {
        logGroupName: CHECKOUT,
        from: Date.parse('2026-03-29T00:00:00Z'),
        to: Date.parse('2026-03-30T00:00:00Z') - 1,
        destination: 'archive',
        destinationPrefix: 'logs/aws/lambda/checkout/2026-03-29',
      },
      { logGroupName: 'audit', destinationPrefix: 'logs/audit/2026-03-29' },
    ]);
    expect(aws.logs.mostAtOnce).toBe(1);
    expect([progressOf(CHECKOUT), progressOf('audit')]).toEqual(['2026-03-29', '2026-03-29']);
  });

  test('that finds nothing due asks Logs for nothing', async () => {
    for (const logGroup of [CHECKOUT, 'audit']) noted(logGroup, '2026-03-29');
    expect((await run()).report).toEqual({ exported: [], failed: [], waiting: [] });
    expect(aws.calls()).toEqual(['GET', 'GET'].map((method) => expect.stringMatching(`^${method} /archive/progress/`)));
  });

  test('waits a day, because Logs is up to 12 hours behind', async () => {
    noted(CHECKOUT, '2026-03-29');
    const early = await run({ now: '2026-03-31T23:59:59Z', logGroups: [CHECKOUT] });
    expect(early.report?.exported).toEqual([]);
    const due = await run({ now: '2026-04-01T00:00:00Z', logGroups: [CHECKOUT] });
    expect(due.report?.exported).toEqual(exported('2026-03-30'));
  });

  test('catches up day by day, without a gap and without an overlap, what is furthest behind first', async () => {
    noted(CHECKOUT, '2026-03-27');
    noted('audit', '2026-03-26');
    const { report } = await run();
    const day = (logGroup: string, date: string) => ({ logGroup, day: date });
    expect(report?.exported).toEqual([
      day('audit', '2026-03-27'),
      day(CHECKOUT, '2026-03-28'),
      day('audit', '2026-03-28'),
      day(CHECKOUT, '2026-03-29'),
      day('audit', '2026-03-29'),
    ]);
    const audit = aws.logs.tasks.filter(({ logGroupName }) => logGroupName === 'audit');
    for (const [index, { from }] of audit.slice(1).entries()) expect(from).toBe((audit[index]?.to ?? 0) + 1);
    expect(audit.map(({ from, to }) => to - from + 1)).toEqual([DAY, DAY, DAY]);
  });
});

describe('other people', () => {
  test('finish their export first, on whatever page of the list it stands', async () => {
    for (let index = 0; index < 4; index += 1) aws.logs.add({ status: { code: 'COMPLETED' } });
    const theirs = aws.logs.add({ looks: 3 });
    const { report } = await run({ logGroups: [CHECKOUT] });
    expect(report?.exported).toEqual(exported('2026-03-29'));
    expect(theirs.status.code).toBe('COMPLETED');
    expect(aws.logs.mostAtOnce).toBe(1);
  });

  test('are asked about soon, and later each five seconds', async () => {
    aws.logs.add({ looks: 5 });
    const { waits } = await run({ logGroups: [CHECKOUT] });
    expect(waits.slice(0, 6)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
  });

  test('may start one between our look and our start', async () => {
    aws.refusals.push({ action: 'CreateExportTask', code: 'LimitExceededException', status: 400 });
    const { report } = await run({ logGroups: [CHECKOUT] });
    expect(report).toMatchObject({ exported: exported('2026-03-29'), failed: [] });
    expect(created()).toBe(2);
  });

  test('who exported the same day elsewhere, do not count', async () => {
    const from = Date.parse('2026-03-29T00:00:00Z');
    aws.logs.add({ logGroupName: CHECKOUT, from, to: from + DAY - 1, status: { code: 'COMPLETED' } });
    expect((await run({ logGroups: [CHECKOUT] })).report?.exported).toEqual(exported('2026-03-29'));
    expect(created()).toBe(1);
  });
});

describe('an interrupted run', () => {
  test('while somebody else exports leaves everything to the next', async () => {
    const theirs = aws.logs.add({ looks: 1000 });
    const { report } = await run({ logGroups: [CHECKOUT], looksAtTime: 4 });
    expect(report).toEqual({ exported: [], failed: [], waiting: [CHECKOUT] });
    expect(created()).toBe(0);
    theirs.status.code = 'COMPLETED';
    expect((await run({ logGroups: [CHECKOUT] })).report?.exported).toEqual(exported('2026-03-29'));
  });

  test('after the start of an export is gone on with, and nothing is exported twice', async () => {
    const first = await run({ logGroups: [CHECKOUT], looksAtTime: 1 });
    expect([first.report?.waiting, created(), progressOf(CHECKOUT)]).toEqual([[CHECKOUT], 1, undefined]);
    const second = await run({ logGroups: [CHECKOUT] });
    expect([second.report?.exported, created()]).toEqual([exported('2026-03-29'), 1]);
  });
});

describe('trouble', () => {
  test('such as throttling is waited for', async () => {
    for (const call of ['DescribeExportTasks', 'CreateExportTask', 'DescribeExportTasks', 'DescribeExportTasks'])
      aws.refusals.push({ action: call, code: 'ThrottlingException', status: 400 });
    aws.refusals.push({ action: 'PUT /archive', code: 'SlowDown', status: 503 });
    const { report } = await run({ logGroups: [CHECKOUT] });
    expect(report).toMatchObject({ exported: exported('2026-03-29'), failed: [] });
    expect(aws.refusals).toEqual([]);
    expect(aws.logs.tasks).toHaveLength(1);
  });

  test('with one export is tried again', async () => {
    aws.logs.outcomes.push('FAILED', 'CANCELLED');
    const { report } = await run({ logGroups: [CHECKOUT] });
    expect(report?.exported).toEqual(exported('2026-03-29'));
    expect(created()).toBe(3);
  });

  test('that stays fails the function after three tries, and the day is not skipped', async () => {
    aws.logs.outcomes.push('FAILED', 'FAILED', 'FAILED');
    const { error } = await run({ logGroups: [CHECKOUT] });
    expect(error).toBe(
      `1 of 1 log groups could not be exported: ${CHECKOUT} (Error: the export of 2026-03-29 failed 3 times)`,
    );
    expect(progressOf(CHECKOUT)).toBeUndefined();
    expect((await run({ logGroups: [CHECKOUT] })).report?.exported).toEqual(exported('2026-03-29'));
  });

  test('with one log group keeps no other from the archive', async () => {
    const { error } = await run({ logGroups: ['gone', CHECKOUT] });
    expect(error).toMatch(/^1 of 2 log groups could not be exported: gone \(ResourceNotFoundException: /);
    expect(progressOf(CHECKOUT)).toBe('2026-03-29');
  });

  test('with the archive does not lose a day: the next run finds the export', async () => {
    aws.refusals.push({ action: 'PUT /archive', code: 'AccessDenied', status: 403 });
    expect((await run({ logGroups: [CHECKOUT] })).error).toMatch(/AccessDenied/);
    expect((await run({ logGroups: [CHECKOUT] })).report?.exported).toEqual(exported('2026-03-29'));
    expect(created()).toBe(1);
  });

  test('with the notes does not begin anew', async () => {
    aws.refusals.push({ action: 'GET /archive', code: 'AccessDenied', status: 403 });
    expect((await run({ logGroups: [CHECKOUT] })).error).toMatch(/AccessDenied/);
    expect(created()).toBe(0);
  });

  test('with the settings names them', async () => {
    expect((await run({ logGroups: [] })).error).toMatch(/`LOG_EXPORT_BUCKET` and `LOG_EXPORT_LOG_GROUPS` must be/);
  });
});
