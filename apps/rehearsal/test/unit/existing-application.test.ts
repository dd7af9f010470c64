import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/account/account';
import { applicationWork } from '../../src/account/checks/database-application';
import { wrongObjects } from '../../src/account/checks/existing-application';
import { changesOf } from '../../src/account/existing-application/describe';
import { FRONTEND_OBJECTS } from '../../src/account/existing-application/frontend';

/** The parts of the descriptions that the cases change, as the services answer them. */
const before = {
  'rtb-1': { RouteTableId: 'rtb-1', Routes: [{ DestinationCidrBlock: '10.40.0.0/16', GatewayId: 'local' }] },
  'subnet-1': { SubnetId: 'subnet-1', Tags: [{ Key: 'Name', Value: 'shop Public us-east-1a' }] },
  'shop-customers': { Environment: { Variables: { QUERY: 'select count(*) as value from customer' } } },
  policies: { PolicyNames: [] as string[] },
  CORS: { CORSRules: [{ AllowedOrigins: ['https://shop.example.com'] }] },
  distribution: { DistributionConfig: { Enabled: true } },
  budget: { BudgetLimit: { Amount: '300', Unit: 'USD' } },
  alarm: [{ ActionsEnabled: true }],
  'tags of shop-customers': { Project: 'Shop' },
  cluster: { DBClusters: [{ BackupRetentionPeriod: 1 }] },
  'value of the admin secret': '5e88',
};

describe('a description of the existing application', () => {
  test('that is the same has no changes', () => {
    expect(changesOf(before, structuredClone(before))).toEqual([]);
  });

  test.each<[string, (now: typeof before) => unknown, string]>([
    [
      'another route',
      (now) => now['rtb-1'].Routes.push({ DestinationCidrBlock: '198.51.100.0/24', GatewayId: 'igw-1' }),
      'rtb-1.Routes.1 is new',
    ],
    [
      'a subnet that has lost its name',
      (now) => Object.assign(now['subnet-1'].Tags[0] ?? {}, { Value: 'ours' }),
      'subnet-1.Tags.0.Value changed',
    ],
    [
      'a function with another query',
      (now) => Object.assign(now['shop-customers'].Environment.Variables, { QUERY: 'select 1 as value' }),
      'shop-customers.Environment.Variables.QUERY changed',
    ],
    ['another policy', (now) => now.policies.PolicyNames.push('too-much'), 'policies.PolicyNames.0 is new'],
    [
      'other origins',
      (now) => Object.assign(now.CORS.CORSRules[0] ?? {}, { AllowedOrigins: ['*'] }),
      'CORS.CORSRules.0.AllowedOrigins.0 changed',
    ],
    [
      'a distribution that is switched off',
      (now) => Object.assign(now.distribution.DistributionConfig, { Enabled: false }),
      'distribution.DistributionConfig.Enabled changed',
    ],
    [
      'a budget with another limit',
      (now) => Object.assign(now.budget.BudgetLimit, { Amount: '150' }),
      'budget.BudgetLimit.Amount changed',
    ],
    [
      'an alarm that is switched off',
      (now) => Object.assign(now.alarm[0] ?? {}, { ActionsEnabled: false }),
      'alarm.0.ActionsEnabled changed',
    ],
    [
      'another tag',
      (now) => Object.assign(now['tags of shop-customers'], { Owner: 'platform' }),
      'tags of shop-customers.Owner is new',
    ],
    [
      'a cluster that is set up otherwise',
      (now) => Object.assign(now.cluster.DBClusters[0] ?? {}, { BackupRetentionPeriod: 35 }),
      'cluster.DBClusters.0.BackupRetentionPeriod changed',
    ],
    [
      'another admin secret, whose value is not printed',
      (now) => Object.assign(now, { 'value of the admin secret': 'another' }),
      'value of the admin secret changed',
    ],
    ['a route table that is gone', (now) => Reflect.deleteProperty(now, 'rtb-1'), 'rtb-1 is gone'],
  ])('fails: %s', (_, change, says) => {
    const now = structuredClone(before);
    change(now);
    expect(changesOf(before, now)).toEqual([says]);
  });
});

test.each<[string, { [key: string]: string }, string[]]>([
  ['nothing', {}, []],
  ['a refusal', { 'index.html': 'not authorized' }, ['index.html reads not authorized']],
  ['another text', { 'assets/app.js': 'alert("ours")' }, ['assets/app.js reads alert("ours")']],
])('objects of the application: %s', (_, change, says) => {
  expect(wrongObjects({ ...FRONTEND_OBJECTS, ...change })).toEqual(says);
});

test.each([
  ['works without an error', { transactions: 9, errors: [] }, []],
  ['does nothing', { transactions: 0, errors: [] }, ['it did nothing']],
  ['is refused', { transactions: 9, errors: ['permission denied'] }, ['permission denied']],
])('the application %s', async (_, work, says) => {
  const workload = { soFar: { orders: 0, slowest: 1, ...work }, ordersWhenStopped: undefined };
  expect((await applicationWork.run({ workload } as unknown as Account)).wrong).toEqual(says);
});
