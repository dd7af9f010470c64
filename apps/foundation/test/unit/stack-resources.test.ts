import { expect, test } from 'vitest';
import { clientsFor } from '../../src/account/clients';
import { inCostRegion, inRegionOf, stackResources } from '../../src/account/stack-resources';
import { expectedStage } from './verification/criterion-cases';

const resource = (region: string, physicalId: string) => ({
  stack: 'UserMetrics-Cost',
  region,
  logicalId: 'Topic',
  type: 'AWS::SNS::Topic',
  physicalId,
});
const [ofStage, ofCost] = [resource('eu-central-1', 'stage'), resource('us-east-1', 'cost')];
const expected = expectedStage((_, cost) => {
  Object.assign(cost, { region: 'us-east-1' });
});
const deployed = {
  ...expected,
  aws: clientsFor({ region: expected.region }),
  costAws: clientsFor({ region: 'us-east-1' }),
  listedResources: async () => [ofStage, ofCost],
};

test('the Region of the cost stacks has its own clients, and only what is there', async () => {
  const home = inCostRegion(deployed);
  expect([home.region, home.aws]).toEqual(['us-east-1', deployed.costAws]);
  expect(await stackResources(home)).toEqual([ofCost]);
  expect(inRegionOf(deployed, ofCost).aws).toBe(deployed.costAws);
  expect(inRegionOf(deployed, ofStage)).toBe(deployed);
});

test('in the Region of the stage it is the stage itself', () => {
  const { costAws, ...inOne } = deployed;
  expect(inCostRegion(inOne)).toBe(inOne);
});
