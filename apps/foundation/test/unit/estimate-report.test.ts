import { estimate, tasksToRun } from '@user-metrics/cost/estimate';
import { describe, expect, test } from 'vitest';
import type { AccountEstimate } from '../../src/report/estimate-report';
import { estimateReport } from '../../src/report/estimate-report';

const SECRET = { Type: 'AWS::SecretsManager::Secret' };
const ROUTE = {
  Type: 'AWS::EC2::Route',
  Properties: { NatGatewayId: { Ref: 'Nat' }, DestinationCidrBlock: '0.0.0.0/0' },
};
const NETWORK = {
  name: 'Network',
  template: {
    Resources: {
      Nat: { Type: 'AWS::EC2::NatGateway' },
      Address: { Type: 'AWS::EC2::EIP' },
      First: ROUTE,
      Second: ROUTE,
    },
  },
};
const DATABASE = {
  name: 'Database',
  template: {
    Resources: {
      One: SECRET,
      Two: SECRET,
      Umami: { Type: 'Custom::UmamiDatabase' },
      Subnet: { Type: 'AWS::EC2::Subnet' },
      Route: { Type: 'AWS::EC2::Route' },
    },
  },
};

function report(
  change: Partial<AccountEstimate> = {},
  stacks: Parameters<typeof estimate>[0] = [NETWORK, DATABASE],
): string {
  const priced = estimate(stacks, { region: 'us-east-1' });
  const account = {
    account: '111122223333',
    stages: ['dev'],
    limit: 150,
    lowerMark: 100,
    isOverLimit: false,
    tasks: tasksToRun(),
  };
  return estimateReport({ ...priced, ...account, ...change });
}

const rowOf = (text: string, start: string) => text.split('\n').find((line) => line.trim().startsWith(start)) ?? '';

describe('an estimate for reading', () => {
  test('has a sum for each stack, and one in the end', () => {
    expect(rowOf(report(), 'Network')).toMatch(/^Network +37\.40$/);
    expect(rowOf(report(), 'Database')).toMatch(/^Database +0\.81$/);
    expect(rowOf(report(), 'sum')).toMatch(/^ +sum +38\.21$/);
  });

  test('puts together what is billed alike', () => {
    expect(rowOf(report(), 'SecretsManager::Secret  secret ')).toMatch(/ 2 secrets × 0\.4 +0\.80 +all the time$/);
  });

  test('says in brackets what is billed only under a condition', () => {
    expect(rowOf(report(), 'Custom::UmamiDatabase')).toMatch(/ 365 ACU·hour × 0\.12 +\(43\.80\)/);
    expect(report()).toContain('($43.80 only if the cluster is Aurora Serverless v2,');
  });

  test('names what is free by its reason, and where prices were read', () => {
    expect(report()).toContain('  AWS charges nothing for it:  1 EC2::Route, 1 EC2::Subnet');
    expect(rowOf(report(), 'infracost secretsmanager_secret:')).toMatch(/ secret, secret\.call$/);
  });

  test('lists what nobody has priced', () => {
    expect(report()).not.toContain('Not priced');
    const cluster = { name: 'Data', template: { Resources: { It: { Type: 'AWS::RDS::DBCluster' } } } };
    expect(report({}, [cluster])).toContain(
      'Not priced: these may cost something, and are not in the total\n  AWS::RDS::DBCluster (Data, It)\n',
    );
  });

  test.each([
    [{ total: 38 }, 'Total $38.00 of $150 a month: below $100'],
    [{ total: 120 }, 'Total $120.00 of $150 a month: within $100–150'],
    [{ total: 151 }, 'Total $151.00 of $150 a month: over the limit'],
  ])('puts the total beside the band: %o', (change, line) => {
    expect(report(change)).toContain(`\n${line}\n`);
  });

  test('shows the tasks apart from the total, with what both cost together', () => {
    expect(report()).toContain('+ the tasks you will run: NOT part of the foundation, and not in the total');
    expect(rowOf(report(), 'Umami, one task')).toMatch(/fargate\.vcpu +365 vCPU·hour × 0\.04048 +14\.78 /);
    expect(report()).toMatch(/ With them about \$114\.54 of \$150 a month\./);
  });

  test('fits a terminal', () => {
    for (const line of report().split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });
});
