import { type Asked, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientsFor } from '../../src/account/clients';
import { clusterMetrics, clusterMetricsBeforeAndAfter } from '../../src/cluster-metrics';
import { countOf, lastWeek, sameWeekdayHours } from '../../src/cluster-metrics/hours';

const HOUR = 3_600_000;

interface Query {
  readonly Id: string;
  readonly MetricStat: {
    readonly Stat: string;
    readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
  };
}

/** Operation that is denied; pages of each answer; hours of the past without values. */
const account = { denied: '', pages: 2, missing: [] as number[] };

function answer({ action, parameters, refuse }: Asked) {
  if (action === account.denied) return refuse('AccessDenied', `User is not authorized to perform: rds:${action}`, 403);
  if (action === 'DescribeDBClusters')
    return xml(
      action,
      '<DBClusters><DBCluster><DBClusterIdentifier>shop</DBClusterIdentifier></DBCluster></DBClusters>',
    );
  if (action === 'DescribeDBInstances')
    return xml(
      action,
      `<DBInstances>${[
        ['shop-2', 'db.t4g.large'],
        ['shop-1', 'db.r6g.large'],
      ]
        .map(
          ([id, type]) =>
            `<DBInstance><DBInstanceIdentifier>${id}</DBInstanceIdentifier><DBInstanceClass>${type}</DBInstanceClass></DBInstance>`,
        )
        .join('')}</DBInstances>`,
    );
  return metricData(parameters as never);
}

/** The value of an hour is its number since the epoch, p95 ten more; FreeableMemory has none. The newest hour comes first, in pages. */
function metricData({
  MetricDataQueries,
  StartTime,
  EndTime,
  NextToken,
}: {
  MetricDataQueries: Query[];
  StartTime: number;
  EndTime: number;
  NextToken?: string;
}) {
  const page = Number(NextToken ?? 0);
  const all = Array.from({ length: (EndTime - StartTime) / 3600 }, (_, index) => StartTime / 3600 + index).reverse();
  const hours = all.filter((hour, index) => index % account.pages === page && !account.missing.includes(hour));
  return json({
    MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Stat, Metric } }) => {
      const found = Metric.MetricName === 'FreeableMemory' ? [] : hours;
      return {
        Id,
        Timestamps: found.map((hour) => hour * 3600),
        Values: found.map((hour) => hour + (Stat === 'p95' ? 10 : 0)),
      };
    }),
    ...(page + 1 < account.pages ? { NextToken: String(page + 1) } : {}),
  });
}

let close: () => Promise<unknown>;
let aws: ReturnType<typeof clientsFor>;
beforeAll(async () => {
  const endpoint = await startEndpoint(answer);
  close = endpoint.close;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  aws = clientsFor({ region: 'us-east-1', endpoint: endpoint.url, credentials, maxAttempts: 1 });
});
afterAll(() => close());

const NOW = new Date('2026-03-11T10:40:00Z');
const hourOf = (time: string) => Date.parse(time) / HOUR;
const figuresOf = (part: { figures: readonly { name: string; samples: readonly number[] }[] }) =>
  new Map(part.figures.map(({ name, samples }) => [name, samples]));

describe('hours', () => {
  test.each([
    ['in the first hour', '2026-03-11T10:10:00Z', undefined],
    ['on the same day', '2026-03-11T07:30:00Z', ['2026-03-04T08:00', '2026-03-04T10:00', 2]],
    ['at a whole hour', '2026-03-11T08:00:00Z', ['2026-03-04T08:00', '2026-03-04T10:00', 2]],
    [
      'ten days ago: the last week, two weeks back',
      '2026-03-01T07:30:00Z',
      ['2026-02-18T10:00', '2026-02-25T10:00', 168],
    ],
  ])('changed %s', (_, changedAt, expected) => {
    const hours = sameWeekdayHours(new Date(changedAt), NOW);
    const found = hours && [
      hours.before.from.toISOString().slice(0, 16),
      hours.before.to.toISOString().slice(0, 16),
      countOf(hours.after),
    ];
    expect(found).toEqual(expected);
    if (!hours) return;
    expect(hours.before.to.getTime()).toBeLessThanOrEqual(Date.parse(changedAt));
    expect(hours.after.from.getTime()).toBeGreaterThanOrEqual(Date.parse(changedAt));
    expect((hours.after.from.getTime() - hours.before.from.getTime()) % (168 * HOUR)).toBe(0);
  });

  test('a week has each hour of each weekday once', () => expect(countOf(lastWeek(NOW))).toBe(168));
});

test('reads a week by hour, in the order of time, of the cluster and each instance, from all pages', async () => {
  const part = await clusterMetrics(aws, 'shop', NOW);
  const week = Array.from({ length: 168 }, (_, index) => hourOf('2026-03-04T10:00Z') + index);
  const figures = figuresOf(part);
  expect(figures.get('CPUUtilization of instance shop-1')).toEqual(week);
  expect(figures.get('CPUUtilization of instance shop-1, p95 of the hour')).toEqual(week.map((hour) => hour + 10));
  expect([...figures.keys()].filter((name) => /Volume|Credit|Capacity/.test(name) && !name.includes('p95'))).toEqual([
    'VolumeReadIOPs of cluster shop',
    'VolumeWriteIOPs of cluster shop',
    'CPUCreditBalance of cluster shop',
    'CPUCreditBalance of instance shop-2',
  ]);
  expect(part.instanceClass).toBe('shop-1 db.r6g.large, shop-2 db.t4g.large');
  expect(part.figures[0]).toMatchObject({ group: 'cloudwatch', of: 'cluster', unit: '%', worse: 'higher' });
});

test('names what CloudWatch does not have', async () => {
  const { notRead } = await clusterMetrics(aws, 'shop', NOW);
  expect(notRead.map(({ what, state, reason }) => [what, state, reason])).toEqual([
    [
      'ServerlessDatabaseCapacity of cluster shop',
      'not applicable',
      'the cluster has no instance of the class db.serverless',
    ],
    ...['cluster shop', 'instance shop-1', 'instance shop-2'].map((of) => [
      `FreeableMemory of ${of}`,
      'unknown',
      'CloudWatch has no value of it in these 168 hours',
    ]),
  ]);
});

test('compares the same weekday hours: one that is missing before is left out after', async () => {
  account.missing = [hourOf('2026-03-04T08:00Z')];
  const both = await clusterMetricsBeforeAndAfter(aws, 'shop', new Date('2026-03-11T06:30:00Z'), NOW);
  account.missing = [];
  const [before, after] = [both?.before, both?.after].map(
    (part) => part && figuresOf(part).get('CPUUtilization of instance shop-1'),
  );
  expect(before).toEqual([hourOf('2026-03-04T07:00Z'), hourOf('2026-03-04T09:00Z')]);
  expect(after).toEqual([hourOf('2026-03-11T07:00Z'), hourOf('2026-03-11T09:00Z')]);
  expect(both?.before.notRead).toContainEqual({
    what: 'CPUUtilization of instance shop-1',
    state: 'unknown',
    reason: 'CloudWatch has values of 2 of 3 hours; the others are left out',
  });
});

test.each([
  ['DescribeDBInstances', 'instances of the cluster shop', 'rds:DescribeDBInstances', true],
  ['GetMetricData', 'CloudWatch metrics of the cluster', 'rds:GetMetricData', false],
])('names the right that is missing: %s', async (denied, what, action, hasFigures) => {
  account.denied = denied;
  const { figures, notRead } = await clusterMetrics(aws, 'shop', NOW);
  account.denied = '';
  expect(figures.length > 0).toBe(hasFigures);
  expect(notRead).toContainEqual({
    what,
    state: 'unknown',
    reason: `AWS denied ${action}`,
    fix: `allow ${action} to the IAM identity that runs the command`,
  });
});

test('does not read pages without end', async () => {
  account.pages = 50;
  const read = clusterMetrics(aws, 'shop', NOW);
  await expect(read).rejects.toThrow('more than 20 pages');
  account.pages = 2;
});
