import { type Estimate, estimate } from '@user-metrics/cost/estimate';
import { describe, expect, test } from 'vitest';
import { buildApp, checkFoundation } from '../../src';
import { exampleConfig } from './example';

const VPC = { vpcId: 'vpc-0a1b2c3d4e5f60718', vpcCidrBlocks: ['10.40.0.0/16'] };
const ZONES = {
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  loadBalancer: { cidrBlocks: ['203.0.113.0/24'] },
};
const INSIDE = {
  mode: 'inside',
  ...VPC,
  ...ZONES,
  block: '10.40.250.0/24',
  internetGatewayId: 'igw-0a1b2c3d4e5f60718',
};
const FUNCTION_SUBNETS = [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-central-1a' }];
const subnet = (id: string) => ({
  subnetId: `subnet-0123456789abcde${id}`,
  cidrBlock: '10.40.1.0/24',
  availabilityZone: 'eu-central-1a',
});

/** Every way to configure a stage that makes other types of resources. */
const VARIANTS = {
  "inside the application's VPC, through its NAT gateway": {
    network: { ...INSIDE, natGatewayId: 'nat-0a1b2c3d4e5f60718' },
  },
  'inside the VPC of the application, with a NAT gateway of its own': { network: INSIDE },
  'in a VPC of its own': {
    network: { mode: 'new', ...ZONES, block: '10.41.0.0/24' },
    database: { functionSubnets: FUNCTION_SUBNETS },
  },
  'in a VPC of its own, with peering': {
    network: {
      mode: 'new',
      ...ZONES,
      block: '10.41.0.0/24',
      peering: { vpcCidrBlocks: ['10.40.0.0/16'], routeTableIds: ['rtb-0123456789abcdef0'] },
    },
    database: { functionSubnets: FUNCTION_SUBNETS },
  },
  'in subnets that exist': {
    network: {
      mode: 'existing',
      vpcId: VPC.vpcId,
      publicSubnets: [subnet('fa')],
      privateSubnets: [subnet('fb')],
      loadBalancer: ZONES.loadBalancer,
    },
  },
  'with all that storage and cost can have': {
    network: INSIDE,
    storage: { requestMetrics: true, autoDelete: true, logArchive: { exportLogGroups: ['audit'] } },
    cost: { encryptAlerts: true, stageLimits: { dev: 50 } },
  },
} as const;

function estimateOf(variant: { network: object; database?: object; storage?: object; cost?: object }): Estimate {
  const config = exampleConfig();
  const { network, database, storage, cost } = variant;
  Object.assign(config.stages['dev'] ?? {}, { network, ...(storage ? { storage } : {}) });
  Object.assign(config.stages['dev']?.database ?? {}, database);
  Object.assign(config.accounts['111122223333']?.cost ?? {}, cost);
  const { stacks } = buildApp(checkFoundation(config, 'f'), 'dev').synth();
  return estimate(
    stacks.map(({ stackName, template }) => ({ name: stackName, template })),
    { region: 'eu-central-1', acceptOtherRegion: true },
  );
}

describe.each(Object.entries(VARIANTS))('a stage %s', (_, variant) => {
  test('holds nothing that has neither a price nor a reason to be free', () => {
    expect(estimateOf(variant).unknown).toEqual([]);
  });
});

describe('what the foundation promises', () => {
  test("a stage inside the application's VPC, through its NAT gateway, costs $6 a month at most", () => {
    const { total } = estimateOf(VARIANTS["inside the application's VPC, through its NAT gateway"]);
    expect(total).toBeGreaterThan(1);
    expect(total).toBeLessThanOrEqual(6);
  });

  test('a stage in a VPC of its own costs $45 a month at most', () => {
    const { total } = estimateOf(VARIANTS['in a VPC of its own']);
    expect(total).toBeGreaterThan(36.5);
    expect(total).toBeLessThanOrEqual(45);
  });
});

test('a type that nobody priced would fail these tests', () => {
  const template = { Resources: { It: { Type: 'AWS::RDS::DBCluster' } } };
  expect(estimate([{ name: 'Stack', template }], { region: 'us-east-1' }).unknown).toHaveLength(1);
});
