import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { environmentFor } from '@user-metrics/aws-endpoint';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { clientsFor } from '../../src/account/clients';
import { recordCalls } from '../../src/account/recorded-calls';
import { type Foundation, loadFoundation } from '../../src/config';
import { databaseOfOthers } from '../../src/snapshot/database';
import { newestBeforeFirstDeployment, readSnapshot, writeWhole } from '../../src/snapshot/files';
import { SERVICES } from '../../src/snapshot/services';
import { takeSnapshot, unreadIn } from '../../src/snapshot/take';
import { userMetrics } from './command-line';
import { configFile } from './config-file';
import { DATABASE, type SnapshotAccount, startSnapshotAccount } from './snapshot-account';

let foundation: Foundation;
beforeAll(async () => {
  foundation = await loadFoundation(configFile());
});

const close: (() => unknown)[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  return Promise.all(close.splice(0).map((end) => end()));
});

/** A snapshot of an account of the test, and what was asked for it. */
async function snapshotOf(account: SnapshotAccount) {
  const aws = await startSnapshotAccount(account);
  close.push(aws.close);
  for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
  const clients = clientsFor({ region: 'us-east-1', maxAttempts: 5 });
  recordCalls(clients);
  const snapshot = await takeSnapshot({
    aws: clients,
    foundation,
    account: '111122223333',
    region: 'us-east-1',
    stage: 'dev',
    database: () => databaseOfOthers({ aws: clients, stage: 'dev' }),
    now: new Date(0),
  });
  return { snapshot, asked: aws.asked };
}

test('an account: pages, details, nothing of the stacks, no secret, and what the configuration announces', async () => {
  const { snapshot } = await snapshotOf({});
  const { services, announced } = snapshot;
  expect(Object.keys(services['network']?.['VPC'] ?? {})).toEqual(['vpc-1']);
  // The group of the stacks is left out, and so is what AWS added to their VPC.
  expect(services['security groups']?.['security group']).toEqual({
    'sg-0a1b2c3d4e5f60718': {
      GroupId: 'sg-0a1b2c3d4e5f60718',
      VpcId: 'vpc-0a1b2c3d4e5f60718',
      inbound: { 'sgr-1': 'tcp 5432 from sg-ours', 'sgr-2': 'tcp 5432 from sg-9', 'sgr-3': 'tcp 5432 from 10.0.0.0/8' },
      outbound: {},
    },
  });
  expect(services['functions']?.['function']).toEqual({ shop: { FunctionName: 'shop', environment: ['SECRET'] } });
  expect(services['buckets']?.['bucket']).toHaveProperty('front');
  expect(JSON.stringify(snapshot)).not.toContain('hidden-value');
  expect(Object.keys(announced).filter((place) => !place.startsWith('cost allocation tag'))).toEqual([
    'security group > sg-0a1b2c3d4e5f60718 > inbound > sgr-1',
  ]);
  expect(snapshot.beforeFirstDeployment).toBe(false);
});

test('an empty account has every kind, and nothing in it, before the first deployment', async () => {
  const { snapshot } = await snapshotOf({ isEmpty: true });
  const kinds = Object.values(snapshot.services).flatMap((kinds) => Object.values(kinds));
  expect(kinds).toHaveLength(SERVICES.flatMap(({ kinds }) => kinds).length);
  expect(kinds.flatMap((kind) => Object.keys(kind))).toEqual([]);
  expect(snapshot.beforeFirstDeployment).toBe(true);
});

test('every call that is throttled three times is asked again, and the snapshot is the same', async () => {
  // The SDK waits for a random time.
  vi.spyOn(Math, 'random').mockReturnValue(0.001);
  const [slow, quick] = [await snapshotOf({ throttled: 3 }), await snapshotOf({})];
  expect(slow.snapshot).toEqual(quick.snapshot);
  expect(slow.asked.length).toBeGreaterThanOrEqual(3 * quick.asked.length);
});

describe('the database', () => {
  test('is read by the function inside the VPC, without what belongs to Umami', async () => {
    const { snapshot } = await snapshotOf({});
    const { umami, action, leftOut, ...ofOthers } = DATABASE;
    expect(snapshot.database).toEqual(ofOthers);
  });

  test.each([
    ['may not be asked', { denied: ['POST /2015-03-31/functions'] }, { $unknown: 'needs lambda:InvokeFunction' }],
    ['has a name that may not be read', { denied: ['GetParameter'] }, { $unknown: 'needs ssm:GetParameter' }],
    ['is older', { function: { action: 'other' } }, { notRead: expect.stringContaining('it is of another version') }],
    [
      'failed',
      { function: { errorMessage: 'no' } },
      { notRead: expect.stringMatching(/UmamiVerification failed: no$/) },
    ],
    ['is not deployed', { isEmpty: true }, { notRead: 'the database function is not deployed yet' }],
  ] as const)('%s: the reason', async (_, account, database) => {
    const { snapshot } = await snapshotOf(account);
    expect(snapshot.database).toEqual(database);
  });
});

describe('without a right the rest is read, and the missing action is said', () => {
  test.each([
    ['network', 'DescribeVpcs', 'VPC: needs ec2:DescribeVpcs'],
    ['security groups', 'DescribeSecurityGroupRules', 'security group: needs ec2:DescribeSecurityGroupRules'],
    ['connections', 'DescribeNatGateways', 'NAT gateway: needs ec2:DescribeNatGateways'],
    ['functions', 'GET /2015-03-31/functions', 'function: needs lambda:ListFunctions'],
    ['IAM', 'GetAccountAuthorizationDetails', 'IAM policy: needs iam:GetAccountAuthorizationDetails'],
    ['buckets', 'GET /front', 'bucket: needs s3:GetBucketPolicy'],
    ['distributions', 'GET /2020-05-31/distribution', 'distribution: needs cloudfront:ListDistributions'],
    ['databases', 'DescribeDBClusters', 'database cluster: needs rds:DescribeDBClusters'],
    ['budgets', 'DescribeBudgets', 'budget: needs budgets:ViewBudget'],
    ['monitoring', 'DescribeAlarms', 'alarm: needs cloudwatch:DescribeAlarms'],
    ['topics', 'ListTopics', 'topic: needs sns:ListTopics'],
    ['tags', 'ListCostAllocationTags', 'cost allocation tag: needs ce:ListCostAllocationTags'],
  ])('%s', async (service, denied, says) => {
    const { snapshot } = await snapshotOf({ denied: [denied] });
    const unread = unreadIn(snapshot);
    expect(unread).toContain(says);
    const others = Object.entries(snapshot.services).filter(([name]) => name !== service);
    expect(unreadIn({ ...snapshot, services: Object.fromEntries(others) })).toEqual([]);
  });

  test('the stacks: then nobody knows what is whose, and nothing is told', async () => {
    const { snapshot } = await snapshotOf({ denied: ['ListStacks'] });
    expect(snapshot.beforeFirstDeployment).toBe(false);
    expect(new Set(unreadIn(snapshot).map((line) => line.replace(/^.*: /, '')))).toEqual(
      new Set(['needs cloudformation:ListStacks']),
    );
  });
});

test('credentials that expire while it is taken end it with exit code 3', async () => {
  const aws = await startSnapshotAccount({});
  close.push(aws.close);
  aws.refusals.push({ action: 'DescribeSubnets', code: 'ExpiredTokenException', status: 403 });
  for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
  await expect(
    takeSnapshot({
      aws: clientsFor({ region: 'us-east-1', maxAttempts: 1 }),
      foundation,
      account: '111122223333',
      region: 'us-east-1',
      stage: 'dev',
      database: async () => ({ notRead: '' }),
      now: new Date(0),
    }),
  ).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining('the credentials expired') });
});

const NONE = { topics: { topic: {} } };

describe('the file', () => {
  test('is whole, for its owner alone, and found again as the newest before the first deployment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
    close.push(() => rmSync(folder, { recursive: true }));
    const { snapshot } = await snapshotOf({ isEmpty: true });
    const files = ['2026-11-27T01-00-00.000Z', '2026-11-27T02-00-00.000Z', '2026-11-27T03-00-00.000Z'];
    const [first = '', second = '', third = ''] = files.map((name) => join(folder, `${name}.json`));
    writeWhole(first, JSON.stringify(snapshot));
    writeWhole(second, JSON.stringify({ ...snapshot, takenAt: '2026-11-27T02:00:00.000Z' }));
    writeWhole(third, JSON.stringify({ ...snapshot, beforeFirstDeployment: false }));
    expect(statSync(first).mode & 0o777).toBe(0o600);
    expect(readSnapshot(first)).toEqual(snapshot);
    expect(newestBeforeFirstDeployment(folder)?.file).toBe(second);
    expect(newestBeforeFirstDeployment(join(folder, 'none'))).toBeUndefined();
  });

  test('that cannot be written is said in one sentence', async () => {
    const config = configFile();
    close.push(() => rmSync(dirname(config), { recursive: true }));
    const account = await startSnapshotAccount({ isEmpty: true });
    close.push(account.close);
    const output = join(config, 'snapshots', 'a.json');
    const args = ['snapshot', '--config', config, '--output', output];
    const { code, error } = await userMetrics(args, environmentFor(account));
    expect(code).toBe(1);
    expect(error.trim().split('\n').at(-1)).toMatch(/^ENOTDIR: not a directory, .*\. Make room, or name another place/);
  });

  test('is written by the command beside the configuration, and compared by exit code 0, 1 and 2', async () => {
    const config = configFile();
    close.push(() => rmSync(dirname(config), { recursive: true }));
    const output = join(dirname(config), 'a.json');
    const account = await startSnapshotAccount({ isEmpty: true });
    close.push(account.close);
    const taken = await userMetrics(
      ['snapshot', '--json', '--config', config, '--output', output],
      environmentFor(account),
    );
    expect(taken.error).toContain('Snapshot of 0 resources: ');
    expect(taken.code).toBe(0);
    expect(JSON.parse(taken.out)).toEqual(JSON.parse(readFileSync(output, 'utf8')));
    const written = readSnapshot(output);
    const other = join(dirname(config), 'b.json');
    const compare = async (change: object, ...args: string[]) => {
      writeWhole(other, JSON.stringify({ ...written, services: NONE, ...change }));
      return userMetrics(['snapshot', 'compare', other, other.replace('b.json', 'c.json'), ...args]);
    };
    writeWhole(other.replace('b.json', 'c.json'), JSON.stringify({ ...written, services: NONE }));
    expect((await compare({})).code).toBe(0);
    const changed = await compare({ services: { topics: { topic: { 'arn:t': {} } } } });
    expect([changed.code, changed.out]).toEqual([1, expect.stringContaining('topic arn:t removed')]);
    const asJson = await compare({ services: { topics: { topic: { 'arn:t': {} } } } }, '--json');
    expect(JSON.parse(asJson.out).differences).toHaveLength(1);
    const refused = await compare({ stage: 'prod' });
    expect([refused.code, refused.error]).toEqual([2, expect.stringContaining('must be of the same stage')]);
    expect(refused.error).not.toMatch(/^\s+at /m);
  });
});
