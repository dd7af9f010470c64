import { describe, expect, test } from 'vitest';
import { CostError } from '../../../src';
import {
  estimate,
  FREE_TYPES,
  PRICE_TABLE,
  PRICED_REGIONS,
  type PriceId,
  priceTableOf,
  SMALL_SITE,
} from '../../../src/estimate';

const resource = (Type: string, Properties = {}) => ({ Type, Properties });
const stack = (name: string, ...resources: ReturnType<typeof resource>[]) => ({
  name,
  template: { Resources: Object.fromEntries(resources.map((one, index) => [`${name}${index}`, one])) },
});
const ROUTE = resource('AWS::EC2::Route', { NatGatewayId: { Ref: 'Nat' }, DestinationCidrBlock: '0.0.0.0/0' });
const HERE = { region: 'us-east-1' };

test('adds up every stack, and says of each line where it comes from', () => {
  const { lines, total, pricesReadOn, pricesOf } = estimate(
    [
      stack('Network', resource('AWS::EC2::NatGateway'), resource('AWS::EC2::EIP'), ROUTE, ROUTE),
      stack('Data', resource('AWS::KMS::Key')),
    ],
    HERE,
  );
  expect(total).toBeCloseTo(32.85 + 0.9 + 3.65 + 1 + 0.003, 6);
  expect([pricesOf, pricesReadOn]).toEqual(['us-east-1', PRICE_TABLE.readOn]);
  expect(lines[0]).toEqual({
    stack: 'Network',
    logicalId: 'Network0',
    type: 'AWS::EC2::NatGateway',
    price: 'nat.hour',
    unit: 'hour',
    quantity: 730,
    assumption: 'all the time',
    usdPerUnit: 0.045,
    usd: 730 * 0.045,
    source: PRICE_TABLE.prices['nat.hour'].source,
  });
});

test('gives what is free in an account once, over all of its stacks', () => {
  const dashboards = (count: number) => Array.from({ length: count }, () => resource('AWS::CloudWatch::Dashboard'));
  expect(estimate([stack('One', ...dashboards(2)), stack('Other', ...dashboards(1))], HERE).total).toBe(0);
  const { lines, total } = estimate([stack('One', ...dashboards(2)), stack('Other', ...dashboards(3))], HERE);
  expect(lines.map(({ usd }) => usd)).toEqual([0, 0, 0, 3, 3]);
  expect(total).toBe(6);
});

test('lists untagged resources apart, and leaves resources with a condition out of the sum', () => {
  const policy = { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'cloudwatch:PutMetricData' }] } };
  const found = estimate([stack('S', resource('AWS::IAM::Policy', policy), resource('Custom::UmamiDatabase'))], HERE);
  expect([found.lines, found.total, found.outsideTotal]).toEqual([[], 0, 1.5]);
  expect(found.outsideTheTag.map(({ price, usd, onlyIf }) => [price, usd, Boolean(onlyIf)])).toEqual([
    ['metric', 1.5, false],
    ['aurora.acu', 43.8, true],
  ]);
});

test('follows the usage', () => {
  const bucket = {
    Tags: [{ Key: 'DataType', Value: 'Sessions' }],
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30 }] },
  };
  const totalOf = (sessions: number) =>
    estimate([stack('S', resource('AWS::S3::Bucket', bucket))], { ...HERE, usage: { ...SMALL_SITE, sessions } }).total;
  expect(totalOf(20_000)).toBeCloseTo(2 * totalOf(10_000), 6);
  expect(totalOf(0)).toBe(0);
});

test('counts what is free, with the reason', () => {
  const { free } = estimate(
    [stack('S', resource('AWS::EC2::Subnet'), resource('AWS::EC2::Subnet'), resource('AWS::EC2::VPC'))],
    HERE,
  );
  expect(free).toEqual([
    { type: 'AWS::EC2::Subnet', count: 2, reason: FREE_TYPES['AWS::EC2::Subnet'] },
    { type: 'AWS::EC2::VPC', count: 1, reason: FREE_TYPES['AWS::EC2::VPC'] },
  ]);
});

test('takes an empty stack', () => {
  expect(estimate([{ name: 'Empty', template: {} }], HERE)).toMatchObject({
    lines: [],
    total: 0,
    unknown: [],
    free: [],
  });
});

describe('another Region', () => {
  const nat = [stack('S', resource('AWS::EC2::NatGateway'), resource('AWS::SecretsManager::Secret'))];
  const UNKNOWN = 'eu-north-1';

  test.each([
    ['us-east-1', 0.045],
    ['us-west-2', 0.045],
    ['eu-west-1', 0.048],
    ['eu-central-1', 0.052],
    ['ap-southeast-2', 0.059],
    ['ap-northeast-1', 0.062],
  ])('%s has prices of its own', (region, hour) => {
    const { lines, pricesOf, pricesReadOn } = estimate(nat, { region });
    expect([pricesOf, lines[0]?.usdPerUnit, lines[1]?.usdPerUnit]).toEqual([region, hour, 0.4]);
    expect(pricesReadOn).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(PRICED_REGIONS).toContain(region);
  });

  test('of a stack is priced there, and what is free once per account is given once', () => {
    const dashboards = Array.from({ length: 2 }, () => resource('AWS::CloudWatch::Dashboard'));
    const stacks = [...nat, ...nat.map((one) => ({ ...one, region: 'eu-central-1' }))];
    const hours = estimate(stacks, HERE).lines.filter(({ price }) => price === 'nat.hour');
    expect(hours.map(({ usdPerUnit }) => usdPerUnit)).toEqual([0.045, 0.052]);
    const shown = [stack('A', ...dashboards), { ...stack('B', ...dashboards), region: 'eu-central-1' }];
    expect(estimate(shown, HERE).total).toBe(3);
    expect(() => estimate([{ ...stack('A'), region: UNKNOWN }], HERE)).toThrow(CostError);
  });

  test('names the prices that are those of us-east-1, and only those that are used', () => {
    const endpoint = resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' });
    expect(estimate([...nat, stack('E', endpoint)], { region: 'ap-southeast-2' }).pricesOfUsEast1).toEqual([
      'endpoint.hour',
    ]);
    expect(estimate(nat, { region: 'ap-southeast-2' }).pricesOfUsEast1).toEqual([]);
    expect(estimate(nat, HERE).pricesOfUsEast1).toEqual([]);
  });

  test('fails without prices', () => {
    expect(() => estimate([], { region: UNKNOWN })).toThrow(
      new CostError(
        `\`region\` must be one whose prices are known (${PRICED_REGIONS.join(', ')}), got: ${UNKNOWN}.` +
          ` Accept prices of another Region, or give a table of ${UNKNOWN}.`,
      ),
    );
    expect(() => estimate([], { region: 'toString' })).toThrow(CostError);
    expect(() => estimate([], { region: 'eu-west-1', prices: PRICE_TABLE })).toThrow('are known (us-east-1), got');
  });

  test('is priced on request, and says whose prices they are', () => {
    expect(estimate([], { region: UNKNOWN, acceptOtherRegion: true })).toMatchObject({
      region: UNKNOWN,
      pricesOf: 'us-east-1',
    });
  });

  test('is priced by a table of its own', () => {
    const prices = { ...PRICE_TABLE, region: UNKNOWN };
    expect(estimate([], { region: UNKNOWN, prices }).pricesOf).toBe(UNKNOWN);
  });
});

describe('the table', () => {
  test.each(PRICED_REGIONS)('of %s has for each thing a price above 0, a unit and a source', (region) => {
    const prices = Object.entries(priceTableOf(region)?.prices ?? {});
    expect(prices.length).toBeGreaterThan(30);
    for (const [id, { usd, unit, source }] of prices) {
      expect(usd, id).toBeGreaterThan(0);
      // AWS is nowhere twice as expensive in these Regions: a wrong unit would be a factor of 1,000.
      expect(usd / PRICE_TABLE.prices[id as PriceId].usd, id).toBeLessThan(2);
      expect(unit, id).toMatch(/^[A-Za-z]/);
      expect(source.length, id).toBeGreaterThan(5);
    }
  });

  test('says when it was read', () => {
    expect(PRICE_TABLE.readOn).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test('gives each type that is free a reason', () => {
    for (const reason of Object.values(FREE_TYPES)) expect(reason.length).toBeGreaterThan(5);
  });
});
