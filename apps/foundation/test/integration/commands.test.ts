import { afterEach, describe, expect, test, vi } from 'vitest';
import { unconfiguredStages } from '../../src/account/deployed-stages';
import { type Account, loadFoundation } from '../../src/config';
import { type FakeAccount, startAccount } from './aws-endpoint';
import { signedIn, userMetrics, userMetricsProcess } from './command-line';
import { configFile } from './config-file';
import { DEPLOYED_STACKS, expectOldStageNamed } from './deployed-stacks';

const isTestAll = process.env['USER_METRICS_TEST_ALL'] === 'true';
const close: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(close.splice(0).map((end) => end())));

async function inAccount(account: Partial<FakeAccount>) {
  const running = await startAccount({ account: '111122223333', isBootstrapped: true, stacks: [], ...account });
  close.push(running.close);
  return { url: running.url, actions: () => running.asked.map(({ action }) => action) };
}

describe('synth', () => {
  test('prints the stacks, and says where the templates are', async () => {
    const config = configFile((text) => text, 'foundation.config.ts');
    const { code, out, error } = await userMetricsProcess(['synth', '--config', config]);
    expect([code, out.trim().split('\n').sort()]).toEqual([
      0,
      [
        'UserMetrics-Cost',
        'UserMetrics-CostReports',
        'UserMetrics-dev-Access',
        'UserMetrics-dev-Database',
        'UserMetrics-dev-Network',
        'UserMetrics-dev-Storage',
      ],
    ]);
    expect(error).toMatch(/Synthesising stage dev …\n6 stacks in .*cdk\.out\/dev \(\d+\.\d s\)/);
    expect(error).not.toMatch(/warning/i);
  });

  test('prints JSON and nothing else on request', async () => {
    const { code, out } = await userMetrics(['synth', '--json', '--config', configFile()]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ stages: [{ stage: 'dev', account: '111122223333', region: 'us-east-1' }] });
  });
});

describe('fails with exit code 2 and no stack trace', () => {
  test('for a wrong configuration, with the whole list', async () => {
    const broken = configFile(
      (text) => text.replace('10.40.250.0/24', '10.40.250.5/24').replace("owner: 'none'", "ownr: 'none'"),
      'broken.mjs',
    );
    const { code, out, error } = await userMetrics(['deploy', '--config', broken]);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain('broken.mjs has 3 errors:');
    expect(error).toContain('fix       Did you mean owner?');
    expect(error).not.toMatch(/^\s+at /m);
  });

  test.each([
    [
      'an unknown stage',
      ['synth', '--stage', 'dve'],
      'There is no stage dve. The configuration has: dev. Did you mean dev?',
    ],
    [
      'a stage called as what every object has',
      ['synth', '--stage', 'constructor'],
      'There is no stage constructor. The configuration has: dev.',
    ],
    ['an unknown command', ['deplyo'], "unknown command 'deplyo'\n(Did you mean deploy?)"],
    ['an unknown option', ['synth', '--stagee', 'dev'], "unknown option '--stagee'\n(Did you mean --stage?)"],
    ['a file that is not there', ['synth', '--config', '/nonexistent/foundation.config.ts'], 'must exist'],
  ])('for %s', async (_, args, message) => {
    const config = args.includes('--config') || args[0] === 'deplyo' ? [] : ['--config', configFile()];
    const { code, error } = await userMetrics([...args, ...config]);
    expect(code).toBe(2);
    expect(error).toContain(message);
    expect(error).not.toMatch(/^\s+at /m);
  });

  test.each([
    ['that throws', 'throw new Error("no such thing");', 'line 3, column 7\n    got       no such thing'],
    ['with a syntax error', 'const wrong = [ } ;', 'line 3, column 16\n    got       ParseError: Unexpected token\n'],
    [
      'with an id that JavaScript reads as octal',
      'const id = 012345678901;',
      "fix       Put account ids in quotes, such as '0",
    ],
    ['with a wrong import', 'import "./nowhere";', "line 3, column 7\n    got       Cannot find module './nowhere'\n"],
    ['that ends the process', 'process.exit(0);', 'got       the process ended while the file ran'],
    ['that waits without end', 'await new Promise(() => {});', 'got       the process ended while the file ran'],
    [
      'with a type error',
      'export const wrong: number = "a";',
      "got       Type 'string' is not assignable to type 'number'. (TS2322)",
    ],
  ])('for a configuration %s, with its line where it is known', async (_, line, message) => {
    const file = configFile((text) => text.replace(/^\n/m, `${line}\n`), 'wrong.ts');
    const run = message.includes('the process ended') ? userMetricsProcess : userMetrics;
    const { code, out, error } = await run(['synth', '--config', file]);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(message);
    expect(error).not.toMatch(/^\s+at /m);
  });
});

test.each([
  ['null', 'export default null;', 'the whole file\n    got       null'],
  ['an empty object', 'export default {};', 'stages\n    got       nothing'],
  ['no default export', 'export const stages = {};', 'the whole file\n    got       nothing'],
])('a configuration that exports %s is an error that names the file', async (name, text, message) => {
  const file = configFile(() => text, `${name}.ts`);
  const { code, out, error } = await userMetrics(['synth', '--config', file]);
  expect([code, out]).toEqual([2, '']);
  expect(error).toMatch(new RegExp(`${name}\\.ts has \\d errors?:`));
  expect(error).toContain(message);
  expect(error).not.toContain('load.js');
});

describe('fails with exit code 3 when the account is not ready', () => {
  test.each(['deploy', 'diff', 'destroy'])(
    '%s without credentials says what is missing and what to run instead',
    async (command) => {
      const { code, error } = await userMetrics([command, '--config', configFile()]);
      expect(code).toBe(3);
      expect(error).toContain(`${command} needs credentials of AWS account 111122223333 and found none that work`);
      expect(error).toContain('run `npx projen rehearse`');
      expect(error).not.toMatch(/^\s+at /m);
    },
  );

  test('with credentials of another account', async () => {
    const { url } = await inAccount({ account: '999999999999' });
    const { code, error } = await userMetrics(['deploy', '--config', configFile()], signedIn(url));
    expect(code).toBe(3);
    expect(error).toContain('and these are of 999999999999: choose another profile with AWS_PROFILE');
  });

  test('with credentials that have expired', async () => {
    const { url } = await inAccount({ error: 'ExpiredToken' });
    const { code, error } = await userMetrics(['deploy', '--config', configFile()], signedIn(url));
    expect(code).toBe(3);
    expect(error).toContain('found none that work (ExpiredToken)');
  });

  test('without bootstrap it prints the command, and what it allows', async () => {
    const { url, actions } = await inAccount({ isBootstrapped: false });
    const { code, error } = await userMetrics(['deploy', '--config', configFile()], signedIn(url));
    expect(code).toBe(3);
    expect(error).toContain('    npx cdk bootstrap aws://111122223333/us-east-1\n');
    expect(error).toContain('AdministratorAccess');
    expect(error).toContain('--cloudformation-execution-policies');
    expect(actions()).toEqual(['GetCallerIdentity', 'GetParameter', 'GetParametersByPath']);
  });

  test('bootstrapped with a qualifier that the configuration does not name', async () => {
    const { url } = await inAccount({ isBootstrapped: false, qualifiers: ['acme'] });
    const { code, error } = await userMetrics(['deploy', '--config', configFile()], signedIn(url));
    expect(code).toBe(3);
    expect(error).toContain("It is with acme: set accounts['111122223333'].bootstrap.qualifier to 'acme'.");
    expect(error).not.toContain('npx cdk bootstrap');
  });

  test('without bootstrap for the qualifier of the configuration it prints a command that leaves the other one alone', async () => {
    const { url } = await inAccount({ isBootstrapped: false });
    const config = configFile((text) => text.replace('cost: {', "bootstrap: { qualifier: 'acme' },\ncost: {"));
    const { code, error } = await userMetrics(['deploy', '--config', config], signedIn(url));
    expect(code).toBe(3);
    expect(error).toContain(
      '    npx cdk bootstrap --qualifier acme --toolkit-stack-name CDKToolkit-acme aws://111122223333/us-east-1\n',
    );
  });

  test('without an answer it says which host of which Region', async () => {
    const { code, error } = await userMetrics(['deploy', '--config', configFile()], signedIn('http://127.0.0.1:1'));
    expect(code).toBe(3);
    expect(error).toContain('deploy cannot reach 127.0.0.1:1 in Region us-east-1');
    expect(error).not.toContain('needs credentials');
  });

  test('without bootstrap in the Region of the cost stacks it prints the command, and why that Region', async () => {
    const { url } = await inAccount({ isBootstrapped: 'eu-north-1' });
    const file = configFile((text) => text.replaceAll('us-east-1', 'eu-north-1'));
    const { code, error } = await userMetrics(['deploy', '--config', file], signedIn(url));
    expect(code).toBe(3);
    expect(error).toContain(
      "is not bootstrapped for the CDK in us-east-1. The account's cost stacks are deployed there",
    );
    expect(error).toContain('    npx cdk bootstrap aws://111122223333/us-east-1\n');
  });
});

describe('destroy', () => {
  test("leaves the account's own stacks, and says so", async () => {
    const { url, actions } = await inAccount({ denied: ['AssumeRole'] });
    const { code, error } = await userMetricsProcess(
      ['destroy', '--config', configFile(), '--', '--force'],
      signedIn(url),
    );
    expect(error).toContain(
      "The account's own stacks stay: UserMetrics-Cost, UserMetrics-CostReports (--account-stacks removes them).",
    );
    expect(actions()).not.toContain('ListStacks');
    // Progress, and once what the CDK CLI says for each stack.
    expect([code, error]).toEqual([
      0,
      expect.stringMatching(/\nUserMetrics-dev-Access: destroying \(4 of 4\) …\n✅ .*\n$/),
    ]);
    expect(error.match(/Proceeding anyway/g)).toHaveLength(1);
  });

  test.runIf(isTestAll)('with --verbose it shows everything that the CDK CLI says', async () => {
    const { url } = await inAccount({ denied: ['AssumeRole'] });
    const { error } = await userMetricsProcess(
      ['destroy', '--verbose', '--config', configFile(), '--', '--force'],
      signedIn(url),
    );
    expect(error).toContain('UserMetrics-dev-Access: destroying... [4/4]');
    expect(error.match(/Proceeding anyway/g)).toHaveLength(4);
  });

  test("fails to remove the account's own stacks while another stage has stacks", async () => {
    const stacks = [
      'UserMetrics-dev-Network',
      'UserMetrics-prod-eu-Storage',
      'UserMetrics-Cost',
      'SomebodyElse-dev-Network',
    ];
    const { url } = await inAccount({ stacks });
    const { code, error } = await userMetrics(['destroy', '--account-stacks', '--config', configFile()], signedIn(url));
    expect(code).toBe(1);
    expect(error).toContain("The account's own stacks cannot go: prod-eu still has stacks in account 111122223333.");
  });
});

describe('stages that are deployed and not in the configuration', () => {
  test('are named by diff with what deletes them, after the CDK CLI, whose exit code it gives', async () => {
    const { url, actions } = await inAccount({ stacks: DEPLOYED_STACKS });
    const { code, error } = await userMetricsProcess(['diff', '--config', configFile(), '--', '--fail'], signedIn(url));
    expect([code, error]).toEqual([1, expect.not.stringContaining('lib/src/')]);
    expect(actions().length).toBeGreaterThan(2);
    expectOldStageNamed(error);
  });

  test('are searched in every Region of the configuration: a stage that moved is still deployed where it was', async () => {
    const { url, foundation } = {
      ...(await inAccount({ stacks: DEPLOYED_STACKS })),
      foundation: await loadFoundation(configFile()),
    };
    for (const [name, value] of Object.entries(signedIn(url))) vi.stubEnv(name, value);
    const [account] = Object.values(foundation.accounts) as [Account];
    const accounts = { ...foundation.accounts, '444455556666': { ...account, region: 'eu-west-1' } };
    const lines = await unconfiguredStages({ ...foundation, accounts }, { account: '111122223333' });
    vi.unstubAllEnvs();
    expect(lines.filter((line) => line.startsWith('Stage')).map((line) => line.slice(0, 60))).toEqual([
      'Stage old has 2 stacks in account 111122223333, us-east-1, a',
      'Stage dev has 1 stack in account 111122223333, eu-west-1, an',
      'Stage old has 2 stacks in account 111122223333, eu-west-1, a',
    ]);
  });
});

test('diff --json tells what would change outside of the stacks, and the price, without the CDK CLI', async () => {
  const { url } = await inAccount({});
  const { code, out } = await userMetrics(['diff', '--json', '--config', configFile()], signedIn(url));
  const plan = JSON.parse(out);
  expect(code).toBe(0);
  expect(plan.existingResources.map(({ text }: { text: string }) => text)).toEqual([
    ...Array.from({ length: 4 }, () => expect.stringMatching(/^VPC vpc-\w+ gets subnet 10\.40\.250\./)),
    'VPC vpc-0a1b2c3d4e5f60718 gets VPC endpoint.',
    'Security group sg-0a1b2c3d4e5f60718 gets inbound rule tcp 5432 (Umami of the observability foundation).',
    'Security group sg-0a1b2c3d4e5f60718 gets inbound rule tcp 5432 (DatabaseFunction of the observability foundation).',
    'PostgreSQL database application gets schema umami and database role umami_user.',
  ]);
  expect(plan.price).toEqual({ now: 0, afterwards: expect.any(Number), limit: 150 });
  expect(plan.price.afterwards).toBeGreaterThan(1);
  expect(plan.persons[0]).toContain('platform@example.com');
});

test.each(['synth', 'diff', 'deploy', 'destroy'])('%s --help shows its options', async (command) => {
  const { code, out } = await userMetrics([command, '--help']);
  expect(code).toBe(0);
  expect(out).toContain('--stage <name>');
  expect(out).toContain('--config <file>');
});
