import { describe, expect, test } from 'vitest';
import { type AlertTestRun, wrongTestAlert } from '../../src/account/work/alert-test';
import { type CostTrendRuns, wrongTrend } from '../../src/account/work/cost-trend';
import { type LogExportRuns, wrongExport } from '../../src/account/work/log-export';

const EMAIL = 'platform@example.com';

describe('a test alert', () => {
  const run = (change: Partial<AlertTestRun['printed']> = {}, exitCode = 1): AlertTestRun => ({
    exitCode,
    printed: {
      messageId: 'm-1',
      subscribers: [{ email: EMAIL, state: 'pending' }],
      asked: [],
      budget: { hasInactiveTags: true, keys: { Project: 'unknown' } },
      ...change,
    },
  });
  const message = {
    Subject: 'Test alert: observability alerts',
    Message: 'This is a test alert: nothing has happened.',
  };

  test('is right when it arrives and nobody has confirmed', () => {
    expect(wrongTestAlert(run(), message, [EMAIL])).toEqual([]);
  });

  test.each([
    [
      'that does not arrive',
      run(),
      undefined,
      ['the test alert did not arrive: nothing came', 'the test alert does not say that it is one'],
    ],
    ['that is another message', run(), { ...message, Subject: 'Budget' }, ['the test alert did not arrive: Budget']],
    [
      'that frightens',
      run(),
      { ...message, Message: 'Over the limit' },
      ['the test alert does not say that it is one'],
    ],
    [
      'to somebody who is said to get it',
      run({ subscribers: [{ email: EMAIL, state: 'confirmed' }] }, 0),
      message,
      [`after the test alert ${EMAIL} is confirmed`, 'the exit code is 0, although nobody has confirmed'],
    ],
    ['to nobody', run({ subscribers: [] }), message, [`after the test alert ${EMAIL} is not listed`]],
    [
      'with a budget that is said to see',
      run({ budget: { hasInactiveTags: false, keys: {} } }),
      message,
      ['it says that all tags are active, although none is'],
    ],
  ])('%s fails', (_, result, received, wrong) => {
    expect(wrongTestAlert(result, received, [EMAIL])).toEqual(wrong);
  });
});

describe('an export', () => {
  const day = { logGroup: 'audit', day: '2026-03-29' };
  const right: LogExportRuns = {
    logGroup: 'audit',
    runs: [{ exported: [day] }, { exported: [] }, { exported: [day] }],
    notedThrough: '2026-03-29',
    tasks: [{ taskId: 't-1' }],
    archived: '2026-03-29T00:00:00.000Z it\n',
    event: 'it',
  };

  test('is right when each day is there once', () => {
    expect(wrongExport(right)).toEqual([]);
  });

  test.each([
    ['nothing', { archived: '' }, ['the event is not in the archive']],
    [
      'a day twice',
      { runs: [right.runs[0], ...right.runs.slice(0, 2), right.runs[2]] },
      ['the second run exports 2026-03-29 again', 'the run without its notes detects nothing instead of 2026-03-29'],
    ],
    ['by two tasks', { tasks: [{}, {}] }, ['2 tasks for one day']],
    ['without a note', { notedThrough: undefined }, ['it notes nothing after it has exported 2026-03-29']],
    [
      'of another log group',
      { logGroup: 'other' },
      ['the first run exports nothing', 'it notes 2026-03-29 after it has exported undefined'],
    ],
  ] as [string, Partial<LogExportRuns>, string[]][])('%s fails', (_, change, wrong) => {
    expect(wrongExport({ ...right, ...change })).toEqual(wrong);
  });
});

describe('the daily cost', () => {
  const right: CostTrendRuns = {
    states: ['ok', 'ok', 'hidden-by-payer'],
    days: { '2026-10-01': 1.75, '2026-10-02': 0.75, '2026-09-30': 2 },
    billed: { '2026-10-01': 1.75, '2026-10-02': 0.75 },
  };

  test.each([
    ['as billed', {}, []],
    [
      'without the correction',
      { days: { ...right.days, '2026-10-02': 2.25 } },
      ['2026-10-02 is published as $2.25, and cost $0.75'],
    ],
    ['without a day', { days: { '2026-10-01': 1.75 } }, ['2026-10-02 is published as $nothing, and cost $0.75']],
    [
      'that hides a refusal',
      { states: ['ok', 'ok', 'ok'] },
      ['the runs say ok, ok, ok instead of ok, ok, hidden-by-payer'],
    ],
  ] as [string, Partial<CostTrendRuns>, string[]][])('%s', (_, change, wrong) => {
    expect(wrongTrend({ ...right, ...change })).toEqual(wrong);
  });
});
