import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type EstimateLine, estimate } from '@user-metrics/cost/estimate';
import { describe, expect, test } from 'vitest';
import { assemblyOf } from './modes';

// What the documentation says egress costs is what the estimate says.

const NETWORK = dirname(require.resolve('@user-metrics/network/package.json'));
const read = (...path: string[]) => readFileSync(join(NETWORK, ...path), 'utf8');

/** Choice of `Nat`, and what asks for it in the configuration. */
const CHOICES = [
  ['singleGateway', { nat: 'singleGateway' }],
  ['gatewayPerZone', { nat: 'gatewayPerZone' }],
  ['existingGateway', { natGatewayId: 'nat-0123456789abcdef0' }],
  ['none', { nat: 'none' }],
] as const;

/** What the network's stack is billed for. */
function linesOf(network: object): EstimateLine[] {
  const { stacks } = assemblyOf((stage) => void Object.assign(stage.network, network));
  const billed = stacks.map(({ stackName, template }) => ({ name: stackName, template }));
  return estimate(billed, { region: 'us-east-1' }).lines.filter(({ stack }) => stack.endsWith('-Network'));
}

/** USD a month and per GB of the network's stack. */
function estimated(network: object): { month: number; gigabyte: number | undefined } {
  const lines = linesOf(network);
  const traffic = lines.filter(({ price }) => price === 'nat.gb');
  const standing = lines.filter((line) => !traffic.includes(line)).map(({ usd }) => usd);
  return { month: standing.reduce((sum, usd) => sum + usd, 0), gigabyte: traffic[0]?.usdPerUnit };
}

/** The first amounts of money in a text, of a month and per GB; `nothing` and `–` are none. */
function stated(text: string): { month: number; gigabyte: number | undefined } {
  const month = /\$([\d.]+)(?: a month| \|)/.exec(text)?.[1];
  const gigabyte = /\$([\d.]+)(?: per\s+GB| \|$)/.exec(text.replace(`$${month} |`, ''))?.[1];
  return { month: Number(month), gigabyte: gigabyte === undefined ? undefined : Number(gigabyte) };
}

/** The doc comment of a choice, on one line. */
function docComment(choice: string): string {
  const [before = ''] = read('src', 'nat.ts').split(`static ${choice}(`);
  return before.slice(before.lastIndexOf('/**')).replace(/\s*\n\s*\*\s*/g, ' ');
}

function readmeRow(choice: string): string {
  return new RegExp(`^\\| \`Nat\\.${choice}\\(.*\\|$`, 'm').exec(read('README.md'))?.[0] ?? '';
}

describe.each(CHOICES)('Nat.%s', (choice, network) => {
  const { month, gigabyte } = estimated(network);

  test('costs in the estimate what its doc comment says', () => {
    expect(stated(docComment(choice))).toEqual({ month: Number(month.toFixed(2)), gigabyte });
  });

  test('costs in the estimate what the README says', () => {
    expect(stated(readmeRow(choice))).toEqual({ month: Number(month.toFixed(2)), gigabyte });
  });
});

test.each([
  ['singleGateway', { nat: 'singleGateway' }, 20],
  ['gatewayPerZone', { nat: 'gatewayPerZone' }, 20],
  ['existingGateway', { natGatewayId: 'nat-0123456789abcdef0' }, 20],
  ['none', { nat: 'none' }, 0],
])('the traffic of a stage is the same however many gateways it goes through: %s', (_, network, gigabytes) => {
  const quantities = linesOf(network)
    .filter(({ price }) => price === 'nat.gb')
    .map(({ quantity }) => quantity);
  expect(quantities.reduce((sum, quantity) => sum + quantity, 0)).toBe(gigabytes);
});

describe('flow logs cost in the estimate', () => {
  const sum = (network: object) => linesOf(network).reduce((total, { usd }) => total + usd, 0);
  const month = (sum({ flowLogs: true }) - sum({ flowLogs: false })).toFixed(2);
  const decisions = join(__dirname, '..', '..', '..', '..', 'docs', 'decisions');

  test.each([
    ['the doc comment of NetworkInsideVpc', read('src', 'network-inside-vpc.ts')],
    ['the doc comment of NewNetwork', read('src', 'new-network.ts')],
    ['the README', read('README.md')],
    ['the decision', readFileSync(join(decisions, '041-egress.md'), 'utf8')],
  ])('what they cost in %s', (__, text) => {
    const [, stated] = /for a week[^$]*\$([\d.]+) a month/.exec(text.replace(/\n[\s*]*/g, ' ')) ?? [];
    expect(stated).toBe(month);
  });
});

test('every choice is compared', () => {
  const choices = [...read('src', 'nat.ts').matchAll(/^ {2}static (\w+)\(/gm)].map(([, choice]) => choice);
  expect(choices).toEqual(CHOICES.map(([choice]) => choice));
});
