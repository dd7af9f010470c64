import { join } from 'node:path';
import { buildApp, type Foundation, loadFoundation } from '@user-metrics/foundation';
import { type LocalAws, startLocalAws } from '@user-metrics/local-aws';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CONFIG = join(__dirname, '..', '..', '..', 'foundation', 'foundation.config.ts');

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws?.stop());

test('every CloudFormation type of the local AWS is in a template of the foundation; if not, delete it', async () => {
  const inside = await loadFoundation(CONFIG);
  const used = new Set([...typesIn(withMore(inside)), ...typesIn(withNetworkOfItsOwn(inside))]);
  const types = (await aws.items()).filter(({ kind }) => kind === 'type').map(({ name }) => name);
  expect(types).not.toEqual([]);
  expect(types.filter((type) => !used.has(type))).toEqual([]);
});

function typesIn(foundation: Foundation): string[] {
  return buildApp(foundation, 'dev')
    .synth()
    .stacks.flatMap(({ template }) =>
      Object.values(template.Resources as { [logicalId: string]: { Type: string } }).map(({ Type }) => Type),
    );
}

/** Flow logs, and a block that is added to the VPC. */
function withMore(foundation: Foundation): Foundation {
  const copy = structuredClone(foundation);
  Object.assign(copy.stages['dev']?.network ?? {}, { addBlock: true, block: '10.99.0.0/24', flowLogs: true });
  return copy;
}

/** The other way to a network: a VPC of its own, with a NAT gateway, peered to the database's. */
function withNetworkOfItsOwn(foundation: Foundation): Foundation {
  const copy = structuredClone(foundation);
  const stage = copy.stages['dev'] ?? { database: {} };
  const availabilityZones = ['us-east-1a', 'us-east-1b'];
  Object.assign(stage, {
    network: {
      mode: 'new',
      block: '10.41.0.0/24',
      availabilityZones,
      peering: { vpcCidrBlocks: ['10.40.0.0/16'], routeTableIds: ['rtb-0123456789abcdef0'] },
      loadBalancer: { cidrBlocks: ['203.0.113.0/24'] },
    },
  });
  Object.assign(stage.database, {
    functionSubnets: [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: availabilityZones[0] }],
  });
  return copy;
}
