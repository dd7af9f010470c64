import { Template } from 'aws-cdk-lib/assertions';
import { App, Lazy, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { ClusterAlarms, type ClusterAlarmsProps } from '../../src';

function alarmsOf(props: Partial<ClusterAlarmsProps> = {}) {
  const stack = new Stack(new App(), 'Stack');
  const made = new ClusterAlarms(stack, 'Alarms', { clusterIdentifier: 'shop', ...props });
  const found: { Properties: { [name: string]: unknown } }[] = Object.values(
    Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'),
  ) as never;
  expect(found.length).toBe(made.alarms.length);
  return found.map(({ Properties }) => Properties);
}

const shortOf = (properties: { [name: string]: unknown }) => [
  properties['MetricName'],
  properties['Statistic'],
  properties['ComparisonOperator'],
  properties['Threshold'],
];

test('CPU and local storage have an alarm as they come, on the writer of the cluster', () => {
  const alarms = alarmsOf();
  expect(alarms.map(shortOf)).toEqual([
    ['CPUUtilization', 'Average', 'GreaterThanThreshold', 70],
    ['FreeLocalStorage', 'Minimum', 'LessThanThreshold', 2 * 2 ** 30],
  ]);
  for (const alarm of alarms)
    expect(alarm).toMatchObject({
      Namespace: 'AWS/RDS',
      Dimensions: [
        { Name: 'DBClusterIdentifier', Value: 'shop' },
        { Name: 'Role', Value: 'WRITER' },
      ],
      Period: 300,
      EvaluationPeriods: 3,
      TreatMissingData: 'missing',
      Tags: expect.arrayContaining([{ Key: 'Component', Value: 'Umami' }]),
    });
});

test('connections, capacity and the lag of readers have one on request', () => {
  const alarms = alarmsOf({ maxConnections: 844, serverless: true, readers: true });
  expect(alarms.map(shortOf)).toEqual([
    ['CPUUtilization', 'Average', 'GreaterThanThreshold', 70],
    ['DatabaseConnections', 'Maximum', 'GreaterThanThreshold', 675.2],
    ['ACUUtilization', 'Average', 'GreaterThanThreshold', 90],
    ['AuroraReplicaLag', 'Maximum', 'GreaterThanThreshold', 1000],
  ]);
  expect(alarms[3]).toMatchObject({ Dimensions: expect.arrayContaining([{ Name: 'Role', Value: 'READER' }]) });
});

test('each threshold can be set, and is in the description', () => {
  const alarms = alarmsOf({
    cpuPercent: 55,
    maxConnections: 100,
    connectionsPercent: 50,
    freeLocalGibibytes: 4,
    readers: true,
    replicaLagMilliseconds: 250,
  });
  expect(alarms.map(({ Threshold }) => Threshold)).toEqual([55, 50, 4 * 2 ** 30, 250]);
  expect(alarms.map(({ AlarmDescription }) => AlarmDescription)).toEqual([
    'Aurora cluster shop: the CPU of the writer is above 55 % for 15 minutes.',
    'Aurora cluster shop: the writer has more than 50 % of its 100 connections for 15 minutes.',
    'Aurora cluster shop: the writer has less than 4 GiB of local storage free for 15 minutes.',
    'Aurora cluster shop: a reader is more than 250 ms behind for 15 minutes.',
  ]);
});

test.each([
  [{ clusterIdentifier: '' }, '`clusterIdentifier` must be the identifier of a DB cluster'],
  [{ cpuPercent: 101 }, '`cpuPercent` must be a percentage above 0, at most 100, got: 101.'],
  [{ maxConnections: 0.5 }, '`maxConnections` must be a whole number, 1 or more, got: 0.5.'],
  [{ maxConnections: Lazy.number({ produce: () => 5 }) }, '`maxConnections` must be a number at synth, got: a token.'],
  [{ replicaLagMilliseconds: 0 }, '`replicaLagMilliseconds` must be a number above 0'],
  [{ connectionsPercent: 60 }, '`connectionsPercent` must be left out without `maxConnections`, got: 60.'],
  [{ capacityPercent: 60 }, '`capacityPercent` must be left out without `serverless`'],
  [{ freeLocalGibibytes: 4, serverless: true }, '`freeLocalGibibytes` must be left out with `serverless`'],
  [{ replicaLagMilliseconds: 60 }, '`replicaLagMilliseconds` must be left out without `readers`'],
])('fails for %o', (props, message) => {
  expect(() => alarmsOf(props)).toThrow(message);
});
