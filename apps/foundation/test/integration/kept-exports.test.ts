import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildApp, type Foundation, loadFoundation } from '../../src';
import type { Template } from '../../src/account/template';
import { CommandError } from '../../src/command-error';
import { requireKeptExports } from '../../src/commands/exports/kept-exports';
import { type FakeAccount, startAccount } from './aws-endpoint';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';

const [NETWORK, DATABASE] = ['UserMetrics-dev-Network', 'UserMetrics-dev-Database'];
const ANOTHER_BLOCK = '10.40.251.0/24';

/** The stage as it is deployed: as the configuration that comes with the repository has it. */
const deployed = new Map<string, Template>();
const changed: { [name: string]: string } = {};
let running: Awaited<ReturnType<typeof startAccount>>;

beforeAll(async () => {
  const foundation = await loadFoundation(configFile());
  const synthesised = (change: (stage: Foundation['stages'][string]) => void) => {
    const copy = structuredClone(foundation);
    change(copy.stages['dev'] as Foundation['stages'][string]);
    return buildApp(copy, 'dev', mkdtempSync(join(tmpdir(), 'foundation-exports-'))).synth();
  };
  for (const { stackName, template } of synthesised(() => {}).stacks) deployed.set(stackName, template);
  changed['another block'] = synthesised((stage) => Object.assign(stage.network, { block: ANOTHER_BLOCK })).directory;
  const functionSubnets = [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'us-east-1a' }];
  changed['other subnets'] = synthesised((stage) => Object.assign(stage.database, { functionSubnets })).directory;
  changed['another owner'] = synthesised((stage) => Object.assign(stage.database, { owner: 'sst' })).directory;
});
afterEach(async () => {
  await running.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Every export of the network is imported by the database, as CloudFormation knows it. */
function importers(...more: string[]): NonNullable<FakeAccount['importers']> {
  const outputs = Object.values(deployed.get(NETWORK)?.Outputs ?? {});
  return Object.fromEntries(
    outputs.flatMap(({ Export }) => (Export ? [[String(Export.Name), [DATABASE, ...more]]] : [])),
  );
}

async function start(account: Partial<FakeAccount> = {}): Promise<void> {
  running = await startAccount({
    account: '111122223333',
    isBootstrapped: true,
    stacks: [],
    templates: deployed,
    importers: importers(),
    ...account,
  });
}

/** What the check says before a deployment. */
async function refused(change: string, account: Partial<FakeAccount> = {}) {
  await start(account);
  for (const [name, value] of Object.entries(signedIn(running.url))) vi.stubEnv(name, value);
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const stacks = [...deployed.keys()];
  const accountStacks = stacks.filter((name) => !name.startsWith('UserMetrics-dev-'));
  const error: unknown = await requireKeptExports({
    stage: 'dev',
    account: '111122223333',
    region: 'us-east-1',
    assembly: changed[change] ?? '',
    stageStacks: stacks.filter((name) => !accountStacks.includes(name)),
    accountStacks,
    annotations: [],
  }).catch((reason: unknown) => reason);
  return { error, said: said.join('') };
}

describe('a change of what other stacks use', () => {
  test('is refused by deploy before anything is changed, with the order of steps', async () => {
    await start();
    const config = configFile((text) => text.replace('10.40.250.0/24', ANOTHER_BLOCK));
    const { code, error } = await userMetrics(['deploy', '--config', config], signedIn(running.url));
    expect(code).toBe(1);
    expect(error).toContain('Stage dev is not deployed: CloudFormation would stop mid-deployment');
    expect(error).toContain(
      `  ${NETWORK} would replace Network/Subnets/Tasks1/Subnet (AWS::EC2::Subnet: CidrBlock); used by ${DATABASE}.\n`,
    );
    expect(error).toMatch(/ {2}1\. npx cdk destroy --app \S+cdk\.out\/dev --exclusively UserMetrics-dev-Database\n/);
    expect(error).toContain('  2. npx projen deploy --stage dev\n');
    expect(error).not.toMatch(/^\s+at /m);
    const asked = running.asked.map(({ action }) => action);
    expect(asked).toContain('ListImports');
    expect(asked.filter((action) => !/^(Describe|Get|List)/.test(action))).toEqual([]);
  });

  test('is refused with the names of all who use it, page by page', async () => {
    const { error } = await refused('another block', { importers: importers('Shop') });
    expect(error).toBeInstanceOf(CommandError);
    expect(String(error)).toContain(`used by ${DATABASE} and Shop.`);
    expect(String(error)).toContain('Let Shop, which is not of this foundation, do without UserMetrics-dev-Network:');
  });
});

test('a stack that would do without is deployed first, unless it needs what is not exported yet', async () => {
  const subnets = Object.entries(importers()).filter(([name]) => name.includes('Subnet'));
  const { error } = await refused('other subnets', { importers: Object.fromEntries(subnets) });
  expect(String(error)).toMatch(/1\. npx cdk deploy --app \S+ --exclusively UserMetrics-dev-Database\n/);
  await running.close();
  const { Outputs = {}, ...network } = deployed.get(NETWORK) ?? {};
  const withoutGroup = Object.entries(Outputs).filter(([key]) => !key.includes('DatabaseFunction'));
  const templates = new Map([...deployed, [NETWORK, { ...network, Outputs: Object.fromEntries(withoutGroup) }]]);
  const older = await refused('other subnets', { importers: Object.fromEntries(subnets), templates });
  expect(String(older.error)).toMatch(/1\. npx cdk destroy --app \S+ --exclusively UserMetrics-dev-Database\n/);
});

test.each<[string, string, Partial<FakeAccount>]>([
  ['of what nobody uses', 'another block', { importers: {} }],
  ['of a stage that is not deployed yet', 'another block', { templates: new Map() }],
  ['of nothing that is exported', 'another owner', {}],
])('a change %s is not refused', async (_, change, account) => {
  expect(await refused(change, account)).toEqual({ error: undefined, said: '' });
});

test.each(['DescribeStacks', 'GetTemplate', 'ListImports'])(
  'without the right to %s nothing is refused, and that is said',
  async (action) => {
    expect(await refused('another block', { denied: [action] })).toEqual({
      error: undefined,
      said: expect.stringContaining(
        `Whether other stacks use what would be replaced could not be read: AccessDenied: not authorized to perform: cloudformation:${action}`,
      ),
    });
  },
);
