import { describe, expect, test } from 'vitest';
import { accountPart } from '../../src/init/account';
import { type Asking, NOBODY, type Option } from '../../src/init/asking';
import { configText } from '../../src/init/config-text';
import { chooseBlock } from '../../src/init/free-block';
import type { Given, Part, Search } from '../../src/init/given';
import { networkPart, type VpcFacts } from '../../src/init/network';
import { pathText } from '../../src/init/value';

const search = (given: Partial<Given> = {}, asking: Asking = NOBODY): Search => ({
  account: '111122223333',
  region: 'us-east-1',
  given: { stage: 'dev', emails: ['a@example.com'], ...given },
  asking,
});

/** A person who takes the last of several, and remembers what was asked. */
function person() {
  const asked: string[] = [];
  const choose = async (flag: string, _: string, options: readonly Option[]) => {
    asked.push(flag);
    return options.at(-1)?.value ?? '';
  };
  return { asked, asking: { choose, text: async (flag: string) => `answer to ${flag}` } };
}

const valuesOf = ({ values }: Part) =>
  Object.fromEntries(values.map((one) => [one.path.slice(2).join('.'), one.value]));

describe('the /24', () => {
  const subnet = (cidr: string, isOwn = false) => ({ id: 'subnet-1', cidr, isOwn });
  const everyOther = Array.from({ length: 16 }, (_, index) => subnet(`10.40.${16 * index}.0/20`));
  test.each<[string, string[], ReturnType<typeof subnet>[], string | undefined, string]>([
    ['the highest of an empty VPC', ['10.40.0.0/16'], [], undefined, '10.40.255.0/24'],
    ['the highest that is free', ['10.40.0.0/16'], [subnet('10.40.254.0/23')], undefined, '10.40.253.0/24'],
    ['a small subnet takes its /24', ['10.40.0.0/23'], [subnet('10.40.1.128/28')], undefined, '10.40.0.0/24'],
    ['in a secondary block', ['10.40.0.0/24', '10.41.0.0/24'], [subnet('10.40.0.0/25')], undefined, '10.41.0.0/24'],
    ['none but private addresses', ['100.64.0.0/16', '10.1.2.0/24'], [], undefined, '10.1.2.0/24'],
    ['that of the deployed stage', ['10.40.0.0/16'], [subnet('10.40.7.64/26', true)], undefined, '10.40.7.0/24'],
    ['the one that is given', ['10.40.0.0/16'], [], '10.40.9.0/24', '10.40.9.0/24'],
    ['one to be added', ['10.40.0.0/16'], everyOther, '10.50.0.0/24', '10.50.0.0/24 added'],
    ['none is free', ['10.40.0.0/16'], everyOther, undefined, 'has no free /24 in its private CIDR blocks'],
    ['none is free, and what else can be done', ['10.40.0.0/16'], everyOther, undefined, 'new-network.config.ts'],
    ['larger than the block of the VPC', ['10.40.0.0/25'], [], '10.40.0.0/24', 'be inside or outside of 10.40.0.0/25'],
    ['a block smaller than a /24', ['10.40.0.0/25'], [], undefined, 'has no free /24'],
    ['taken', ['10.40.0.0/16'], [subnet('10.40.9.0/26')], '10.40.9.0/24', 'subnet subnet-1 of vpc-1 has 10.40.9.0/26'],
    ['host bits', ['10.40.0.0/16'], [], '10.40.9.5/24', '--block must be a private /24'],
    ['a /25', ['10.40.0.0/16'], [], '10.40.9.0/25', '--block must be a private /24'],
  ])('%s', (_, blocks, subnets, given, expected) => {
    const choose = () => {
      const { block, isAdded } = chooseBlock({ id: 'vpc-1', blocks, subnets }, given);
      return `${block}${isAdded ? ' added' : ''}`;
    };
    if (expected.startsWith('10.')) expect(choose()).toBe(expected);
    else expect(choose).toThrow(expected);
  });
});

describe('the network', () => {
  const cluster = { identifier: 'shop', vpcId: 'vpc-1', subnetIds: ['subnet-b', 'subnet-c'] } as never;
  const nat = (letter: string) => ({ id: `nat-${letter}`, vpcId: 'vpc-1', subnetId: `subnet-${letter}` }) as never;
  const letters = ['a', 'b', 'c', 'd'];
  const facts: VpcFacts = {
    blocks: ['10.40.0.0/16'],
    subnets: letters.map((one, index) => {
      return {
        id: `subnet-${one}`,
        vpcId: 'vpc-1',
        cidr: `10.40.${index}.0/24`,
        zone: `us-east-1${one}`,
        isOwn: false,
      };
    }),
    internetGateways: ['igw-1'],
    natGateways: [nat('d')],
    zones: letters.map((one) => ({ name: `us-east-1${one}`, isAvailable: one !== 'c' })),
    prefixLists: ['pl-1'],
  };
  const zones = (...wanted: string[]) => wanted.map((one) => `us-east-1${one}`);

  test.each<[string, Partial<VpcFacts>, Partial<Given>, string[], object]>([
    [
      'zones of the NAT gateway and of the database',
      {},
      {},
      [],
      { natGatewayId: 'nat-d', availabilityZones: zones('d', 'b') },
    ],
    ['no NAT gateway', { natGateways: [] }, {}, [], { nat: 'singleGateway', availabilityZones: zones('b', 'a') }],
    ['several are asked for', { natGateways: [nat('a'), nat('b')] }, {}, ['--nat-gateway'], { nat: 'singleGateway' }],
    ['a new one by its flag', {}, { natGateway: 'none' }, [], { nat: 'singleGateway' }],
    ['a block of elsewhere', {}, { block: '10.9.0.0/24' }, [], { block: '10.9.0.0/24', addBlock: true }],
  ])('%s', async (_, different, given, wanted, expected) => {
    const { asked, asking } = person();
    const values = valuesOf(await networkPart(cluster, { ...facts, ...different }, search(given, asking)));
    const usual = { 'network.mode': 'inside', 'network.internetGatewayId': 'igw-1' };
    const named = Object.fromEntries(Object.entries(expected).map(([name, value]) => [`network.${name}`, value]));
    expect(values).toMatchObject({ ...usual, ...named });
    expect(Object.keys(values).filter((name) => /nat/.test(name)).length).toBe(1);
    expect(asked).toEqual(wanted);
  });

  test.each<[string, Partial<VpcFacts>, string]>([
    ['no internet gateway', { internetGateways: [] }, 'no internet gateway'],
    ['no prefix list', { prefixLists: [] }, 'has no prefix list com.amazonaws.global.cloudfront.origin-facing'],
  ])('%s ends it', async (_, different, says) => {
    await expect(networkPart(cluster, { ...facts, ...different }, search())).rejects.toThrow(says);
  });
});

describe('the account', () => {
  test.each<[string, object, Partial<Search>, object, string[]]>([
    ['bootstrapped', { version: 30, otherQualifiers: [] }, {}, {}, []],
    ['with another qualifier', { otherQualifiers: ['acme'] }, {}, { 'bootstrap.qualifier': 'acme' }, []],
    ['with several', { otherQualifiers: ['acme', 'emca'] }, {}, { 'bootstrap.qualifier': 'emca' }, []],
    [
      'not bootstrapped',
      { otherQualifiers: [] },
      {},
      {},
      ['Bootstrap the account: npx cdk bootstrap aws://111122223333/us-east-1'],
    ],
    [
      'of another partition',
      { version: 30, otherQualifiers: [] },
      { region: 'cn-north-1' },
      { region: 'cn-north-1', 'cost.budget': false, 'cost.reports': false },
      [],
    ],
  ])('%s', async (_, bootstrap, place, expected, toDo) => {
    const part = await accountPart(bootstrap as never, { ...search({}, person().asking), ...place });
    expect(valuesOf(part)).toEqual({ region: 'us-east-1', 'cost.emails': ['a@example.com'], ...expected });
    expect(part.toDo).toEqual(toDo);
  });
});

test('each value is below the comment that says where it was found, within 120 columns', () => {
  const value = (path: string, given: string | number | boolean | string[], from: string) => ({
    path: path.split('/'),
    value: given,
    from,
  });
  const values = [
    value('accounts/111122223333/region', 'us-east-1', '--region'),
    value('stages/dev-1/network/block', "it's", `${'far '.repeat(40)}away`),
    value('stages/dev-1/network/addBlock', true, 'b'),
    value(
      'stages/dev-1/network/list',
      Array.from({ length: 9 }, (_, index) => `10.${index}0.0.0/16`),
      'c',
    ),
    value('stages/dev-1/database/port', 5433, 'd'),
  ];
  expect(values.map(pathText)[1]).toBe('stages.dev-1.network.block');
  const text = configText({ account: '111122223333', region: 'us-east-1', tagsModule: '../tags', values });
  expect(text).toMatchInlineSnapshot(`
    "import { defineFoundation } from '@user-metrics/foundation';
    import { tagValues } from '../tags';

    // Written by \`npx projen init\` from account 111122223333, us-east-1. A comment says where the value below it was found.
    export default defineFoundation({
      tags: tagValues,

      accounts: {
        '111122223333': {
          // --region
          region: 'us-east-1',
        },
      },

      stages: {
        'dev-1': {
          network: {
            // far far far far far far far far far far far far far far far far far far far far far far far far far far far
            // far far far far far far far far far far far far far away
            block: 'it\\'s',
            // b
            addBlock: true,
            // c
            list: [
              '10.00.0.0/16',
              '10.10.0.0/16',
              '10.20.0.0/16',
              '10.30.0.0/16',
              '10.40.0.0/16',
              '10.50.0.0/16',
              '10.60.0.0/16',
              '10.70.0.0/16',
              '10.80.0.0/16',
            ],
          },
          database: {
            // d
            port: 5433,
          },
        },
      },
    });
    "
  `);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
