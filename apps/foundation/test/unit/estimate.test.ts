import { type Estimate, estimate } from '@user-metrics/cost/estimate';
import { describe, expect, test } from 'vitest';
import { assemblyOf, MODES } from './modes';

type Change = Parameters<typeof assemblyOf>[0];

function estimateOf(change: Change): Estimate {
  const stacks = assemblyOf(change).stacks.map(({ stackName, template }) => ({ name: stackName, template }));
  return estimate(stacks, { region: 'eu-central-1', acceptOtherRegion: true });
}

const mode = (name: string): Change => {
  const [, change] = MODES.find(([other]) => other === name) ?? [];
  if (!change) throw new Error(`no mode ${name}`);
  return change;
};

test.each(MODES)('nothing is without a price or a reason to be free: %s', (_, change) => {
  expect(estimateOf(change).unknown).toEqual([]);
});

/** A VPC of its own with a NAT gateway, and nothing on request. */
const NEW: Change = (stage) => {
  Object.assign(stage, {
    network: {
      mode: 'new',
      block: '10.41.0.0/24',
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      loadBalancer: { cidrBlocks: ['203.0.113.0/24'] },
    },
  });
  Object.assign(stage.database, {
    functionSubnets: [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-central-1a' }],
  });
};

describe('what the foundation promises', () => {
  test("a stage inside the application's VPC, through its NAT gateway, costs $6 a month at most", () => {
    const { total } = estimateOf(mode('inside, with a shared NAT gateway'));
    expect(total).toBeGreaterThan(1);
    expect(total).toBeLessThanOrEqual(6);
  });

  test('a stage in a VPC of its own costs $45 a month at most', () => {
    const { total } = estimateOf(NEW);
    expect(total).toBeGreaterThan(36.5);
    expect(total).toBeLessThanOrEqual(45);
  });
});

test('a type that nobody priced would fail these tests', () => {
  const template = { Resources: { It: { Type: 'AWS::RDS::DBCluster' } } };
  expect(estimate([{ name: 'Stack', template }], { region: 'us-east-1' }).unknown).toHaveLength(1);
});
