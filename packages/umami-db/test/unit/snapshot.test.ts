import { environmentFor } from '@user-metrics/aws-endpoint';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SnapshotInput, takeSnapshot } from '../../runtime/snapshot/take-snapshot';
import { type Rds, startRds } from '../support/rds';

const MINUTE = 60_000;
const INPUT: SnapshotInput = {
  cluster: 'application',
  prefix: 'umami-before-3-4',
  name: 'umami-before-3-4-new',
  pause: 1,
};
const DESCRIBE = 'DescribeDBClusterSnapshots';

let rds: Rds;

beforeEach(async () => {
  rds = await startRds();
  for (const [name, value] of Object.entries(environmentFor(rds))) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rds.close();
});

const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

test('a snapshot is created and waited for, with its progress', async () => {
  rds.statuses.unshift('creating');
  const told: string[] = [];

  expect(await takeSnapshot({ ...INPUT, onProgress: (text) => told.push(text) })).toBe(INPUT.name);
  expect(rds.actions()).toEqual([DESCRIBE, 'CreateDBClusterSnapshot', DESCRIBE, DESCRIBE]);
  expect(rds.asked[1]?.parameters).toMatchObject({
    DBClusterIdentifier: 'application',
    DBClusterSnapshotIdentifier: INPUT.name,
  });
  expect(told).toEqual([
    'snapshot umami-before-3-4-new of cluster application: created',
    'snapshot umami-before-3-4-new: creating, 40 %',
    'snapshot umami-before-3-4-new: creating, 40 %',
  ]);
});

test('one that an interrupted run began is waited for, whichever page it is on, and no other one is made', async () => {
  rds.snapshots.push(
    { id: 'umami-before-3-3-x', statuses: ['creating'] },
    { id: 'umami-before-3-4-older', created: ago(10), statuses: ['available'] },
    { id: 'umami-before-3-4-begun', statuses: ['creating', 'creating', 'available'] },
  );

  expect(await takeSnapshot(INPUT)).toBe('umami-before-3-4-begun');
  expect(rds.actions()).not.toContain('CreateDBClusterSnapshot');
});

test.each([
  ['of the last hour is taken', { id: 'umami-before-3-4-a', created: ago(59), statuses: ['available'] }, true],
  ['of before is not', { id: 'umami-before-3-4-a', created: ago(61), statuses: ['available'] }, false],
  ['that failed is not', { id: 'umami-before-3-4-a', created: ago(1), statuses: ['failed'] }, false],
  ['of another upgrade is not', { id: 'umami-before-3-41', created: ago(1), statuses: ['available'] }, false],
])('a finished snapshot %s', async (_, snapshot, isTaken) => {
  rds.snapshots.push(snapshot);

  expect(await takeSnapshot(INPUT)).toBe(isTaken ? snapshot.id : INPUT.name);
});

test('one that fails ends with its status', async () => {
  rds.statuses.splice(1, 1, 'failed');

  await expect(takeSnapshot(INPUT)).rejects.toMatchObject({
    name: 'ProvisionError',
    message: expect.stringMatching(
      /^Snapshot umami-before-3-4-new has status failed, expected: available\. The schema was/,
    ),
  });
});

test('one that takes too long is left to Amazon RDS, and found by the next run', async () => {
  rds.statuses.splice(0, 2, ...Array(5).fill('creating'), 'available');

  await expect(takeSnapshot({ ...INPUT, deadline: performance.now() })).rejects.toThrow(
    'was not finished in time; Amazon RDS goes on with it. The schema was not changed. Wait for it: aws rds wait',
  );
  expect(await takeSnapshot(INPUT)).toBe(INPUT.name);
  expect(rds.actions().filter((action) => action === 'CreateDBClusterSnapshot')).toHaveLength(1);
});

test('what Amazon RDS refuses is told as it says it; that it cannot be reached, with the remedy', async () => {
  rds.refusals.push({ action: 'Create', code: 'InvalidDBClusterStateFault', message: 'cluster is not available' });
  await expect(takeSnapshot(INPUT)).rejects.toMatchObject({ message: 'cluster is not available', $fault: 'client' });

  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  await expect(takeSnapshot(INPUT)).rejects.toThrow(
    'Amazon RDS cannot be reached: connect ECONNREFUSED 127.0.0.1:1. A function in a VPC needs subnets with a NAT',
  );
});
