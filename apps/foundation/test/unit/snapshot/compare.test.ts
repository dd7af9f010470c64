import { describe, expect, test } from 'vitest';
import { compareSnapshots, isUnannounced } from '../../../src/snapshot/compare';
import { SERVICES } from '../../../src/snapshot/services';
import { comparisonInWords } from '../../../src/snapshot/words';
import { snapshotOf } from './snapshot-of';

const textsOf = (before: ReturnType<typeof snapshotOf>, after: ReturnType<typeof snapshotOf>) =>
  compareSnapshots(before, after).differences.map(({ text }) => text);

/** A resource before and after a change, and what is said of it. */
type Case = [service: string, kind: string, before: object, after: object, says: string[]];

const CASES: Case[] = [
  [
    'network',
    'route table',
    { 'rtb-1': { VpcId: 'vpc-1', routes: { '0.0.0.0/0': 'igw-1' } } },
    { 'rtb-1': { VpcId: 'vpc-1', routes: { '0.0.0.0/0': 'nat-1', '10.9.0.0/16': 'pcx-1' } } },
    [
      'route table rtb-1 of VPC vpc-1: route to 0.0.0.0/0 changed from igw-1 to nat-1',
      'route table rtb-1 of VPC vpc-1: route to 10.9.0.0/16 added: pcx-1',
    ],
  ],
  [
    'security groups',
    'security group',
    { 'sg-1': { VpcId: 'vpc-2', inbound: { 'sgr-1': 'tcp 22 from sg-2' } } },
    { 'sg-1': { VpcId: 'vpc-2', inbound: { 'sgr-2': 'tcp 5432 from sg-9' } } },
    [
      'security group sg-1 of VPC vpc-2: inbound rule sgr-1 removed: tcp 22 from sg-2',
      'security group sg-1 of VPC vpc-2: inbound rule sgr-2 added: tcp 5432 from sg-9',
    ],
  ],
  ['connections', 'NAT gateway', { 'nat-1': { VpcId: 'vpc-1' } }, {}, ['NAT gateway nat-1 of VPC vpc-1 removed']],
  [
    'functions',
    'function',
    { shop: { Role: 'arn:1', environment: ['A', 'B'] } },
    { shop: { Role: 'arn:2', environment: ['B', 'C'] } },
    [
      'function shop: Role changed from arn:1 to arn:2',
      'function shop: environment variable removed: A',
      'function shop: environment variable added: C',
    ],
  ],
  [
    'IAM',
    'IAM role',
    { shop: { attachedPolicies: [], policies: { x: { Statement: [] } } } },
    { shop: { attachedPolicies: ['arn:p'], policies: {} } },
    ['IAM role shop: attached policy added: arn:p', 'IAM role shop: inline policy x removed: {"Statement":[]}'],
  ],
  [
    'buckets',
    'bucket',
    { front: { publicAccess: { BlockPublicAcls: true } } },
    { front: { publicAccess: { BlockPublicAcls: false }, policy: { Statement: 'x'.repeat(200) } } },
    [
      `bucket front: policy added: {"Statement":"${'x'.repeat(146)} …`,
      'bucket front: publicAccess.BlockPublicAcls changed from true to false',
    ],
  ],
  [
    'distributions',
    'distribution',
    { E1: { config: { CacheBehaviors: { Items: ['a', 'b'] } } } },
    { E1: { config: { CacheBehaviors: { Items: ['b', 'a'] } } } },
    ['distribution E1: config.CacheBehaviors.Items changed from ["a","b"] to ["b","a"]'],
  ],
  [
    'databases',
    'cluster parameter group',
    { shop: { parameters: { work_mem: '4096' } } },
    { shop: { parameters: { work_mem: '8192' } } },
    ['cluster parameter group shop: parameter work_mem changed from 4096 to 8192'],
  ],
  [
    'budgets',
    'budget',
    { shop: { notifications: { 'ACTUAL GREATER_THAN 90 PERCENTAGE': ['EMAIL a@example.com'] } } },
    { shop: { notifications: {} } },
    ['budget shop: notification ACTUAL GREATER_THAN 90 PERCENTAGE removed: ["EMAIL a@example.com"]'],
  ],
  ['monitoring', 'alarm', { a: { Threshold: 5 } }, { a: { Threshold: 6 } }, ['alarm a: Threshold changed from 5 to 6']],
  ['topics', 'subscription', {}, { 'arn:s': { Protocol: 'sqs' } }, ['subscription arn:s added']],
  ['tags', 'cost allocation tag', { Team: { Status: 'Active' } }, {}, ['cost allocation tag Team removed']],
];

describe('a change of one resource is said, and announced by nothing', () => {
  test.each(CASES)('%s: %s', (service, kind, before, after, says) => {
    const comparison = compareSnapshots(snapshotOf(service, kind, before), snapshotOf(service, kind, after));
    expect(comparison.differences.map(({ text }) => text)).toEqual(says);
    expect(comparison.differences.every(isUnannounced)).toBe(true);
    expect(textsOf(snapshotOf(service, kind, before), snapshotOf(service, kind, before))).toEqual([]);
  });

  test('there is a case of every service', () => {
    expect([...new Set(CASES.map(([service]) => service))].sort()).toEqual(SERVICES.map(({ name }) => name).sort());
  });
});

const rules = (inbound: object) => ({ 'sg-1': { VpcId: 'vpc-2', inbound } });
const announced = { 'security group > sg-1 > inbound > sgr-1': 'stages.dev.database.access' };

test.each([
  ['added', rules({}), rules({ 'sgr-1': 'tcp 5432 from sg-9', 'sgr-2': 'tcp 22 from sg-8' })],
  ['removed', rules({ 'sgr-1': 'tcp 5432 from sg-9', 'sgr-2': 'tcp 22 from sg-8' }), rules({})],
])('what the configuration announces is told apart by its id: %s', (change, before, after) => {
  const [one, other] = [before, after].map((each) =>
    snapshotOf('security groups', 'security group', each, each === rules({}) ? {} : { announced }),
  ) as [ReturnType<typeof snapshotOf>, ReturnType<typeof snapshotOf>];
  const comparison = compareSnapshots(one, other);
  expect(comparison.differences.filter(isUnannounced).map(({ path }) => path)).toEqual([['inbound', 'sgr-2']]);
  expect(comparisonInWords(comparison)).toEqual([
    'Existing resources at 2026-11-27T01:00:00.000Z and at 2026-11-27T01:00:00.000Z:',
    '  security groups, not announced by the configuration',
    `    security group sg-1 of VPC vpc-2: inbound rule sgr-2 ${change}: tcp 22 from sg-8`,
    '  announced by the configuration',
    `    security group sg-1 of VPC vpc-2: inbound rule sgr-1 ${change}: tcp 5432 from sg-9 (stages.dev.database.access)`,
    '  not compared: database at 2026-11-27T01:00:00.000Z: the database function is not deployed yet',
    '  not compared: database at 2026-11-27T01:00:00.000Z: the database function is not deployed yet',
  ]);
});

describe('what could not be read is equal to nothing', () => {
  const denied = { $unknown: 'needs s3:GetBucketPolicy' };
  test.each<[string, object, object, string]>([
    ['a kind', denied, denied, 'bucket could not be compared: needs s3:GetBucketPolicy; needs s3:GetBucketPolicy'],
    ['a kind once', { b: {} }, denied, 'bucket could not be compared: needs s3:GetBucketPolicy'],
    [
      'a detail',
      { b: { policy: denied } },
      { b: {} },
      'bucket b: policy could not be compared: needs s3:GetBucketPolicy',
    ],
  ])('%s', (_, before, after, says) => {
    const { differences } = compareSnapshots(
      snapshotOf('buckets', 'bucket', before, { announced: { 'bucket > b': 'x' } }),
      snapshotOf('buckets', 'bucket', after),
    );
    expect(differences.map(({ text }) => text)).toEqual([says]);
    expect(differences.every(isUnannounced)).toBe(true);
  });
});

test('what the database function says is compared when both snapshots have it', () => {
  const withDatabase = (hash: string) =>
    snapshotOf(
      'network',
      'VPC',
      {},
      { database: { database: 'shop', server: '17.4', schemas: {}, serverObjects: { 'database role shop': hash } } },
    );
  expect(textsOf(withDatabase('a'), withDatabase('b'))).toEqual([
    'database serverObjects: database role shop changed from a to b',
  ]);
});

test.each([
  ['account', '444455556666'],
  ['region', 'eu-west-1'],
  ['stage', 'prod'],
])('snapshots of another %s are refused with exit code 2', (name, value) => {
  const [one, other] = [snapshotOf('network', 'VPC', {}), snapshotOf('network', 'VPC', {}, { [name]: value })];
  expect(() => compareSnapshots(one, other)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringContaining(`must be of the same ${name}, got: `) }),
  );
});
