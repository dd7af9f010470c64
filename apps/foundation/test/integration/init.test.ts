import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsEndpoint } from '@user-metrics/aws-endpoint';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { loadFoundation } from '../../src';
import { initReport } from '../../src/init/report';
import { actionsOf } from '../unit/permissions/calls-in-source';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';
import { type Different, startPreflightAccount } from './preflight-account';

// Inside the repository, as the file imports what is in it.
const EXAMPLES = join(__dirname, '.examples');
const ANSWERED = ['--owner', 'none', '--email', 'platform@example.com'];

let account: AwsEndpoint | undefined;
let file: string;
beforeEach(() => {
  mkdirSync(EXAMPLES, { recursive: true });
  // A JavaScript file, in which no types are checked.
  file = join(mkdtempSync(join(EXAMPLES, 'init-')), 'foundation.config.mjs');
});
afterEach(() => account?.close());
afterAll(() => rmSync(EXAMPLES, { recursive: true, force: true }));

async function init(different: Different, ...args: string[]) {
  await account?.close();
  account = await startPreflightAccount(different);
  return userMetrics(['init', '--output', file, ...args], { AWS_REGION: 'us-east-1', ...signedIn(account.url) });
}

test('writes a configuration that loads: the same as the example, which names this account; no value of the secret', async () => {
  file = file.replace('.mjs', '.ts');
  const block = ['--block', '10.40.250.0/24', '--zones', 'us-east-1a,us-east-1b'];
  const { code, out, error } = await init({}, ...ANSWERED, ...block, '--json');
  expect(code, error).toBe(0);
  const report = initReport.parse(JSON.parse(out));
  expect(report).toMatchObject({ account: '111122223333', stage: 'dev', state: 'created', toDo: [] });
  const text = readFileSync(file, 'utf8');
  expect(await loadFoundation(file)).toEqual(await loadFoundation(configFile()));
  for (const { path, from } of report.values) {
    expect(text).toMatch(new RegExp(`${path.split('.').at(-1)}: `));
    expect(from.length).toBeGreaterThan(3);
  }
  expect(`${out}${error}${text}`).not.toContain('never shown');
  expect((await init({}, ...ANSWERED, ...block)).error).toContain('is as it would be written');
});

test.each<[string, RegExp, ...string[]]>([
  ['no address', /--email/, '--owner', 'none'],
  ['nobody who says what manages the security group', /--owner.*\n +none .*\n +terraform/, ...ANSWERED.slice(2)],
  ['a cluster that is not there', /--cluster must be one of application, got: shop/, ...ANSWERED, '--cluster', 'shop'],
  ['a block that is taken', /subnet subnet-\w+ of vpc-\w+ has 10.40.1.0/, ...ANSWERED, '--block', '10.40.1.0/24'],
  [
    'zones of elsewhere',
    /--zones must be two of us-east-1a, us-east-1b/,
    ...ANSWERED,
    '--zones',
    'us-east-1a,eu-west-1a',
  ],
  ['a gateway of elsewhere', /--nat-gateway must be one of nat-\w+, none/, ...ANSWERED, '--nat-gateway', 'nat-1'],
  ['an address that is none', /It must be an e-mail address/, '--email', 'platform'],
  ['no Region', /--region must|--region, such as/, '--region', 'us-moon-1'],
])('%s: exit code 2 names the option, and nothing is written', async (_, says, ...args) => {
  const { code, error } = await init({}, ...args);
  expect(error).toMatch(says);
  expect([code, existsSync(file)]).toEqual([2, false]);
});

test('a file that exists is shown as a diff and stays, without a terminal and without --yes', async () => {
  writeFileSync(file, 'export default {};\n');
  const { code, error } = await init({}, ...ANSWERED);
  expect(error).toMatch(/-export default \{\};\n\+import \{ defineFoundation \}(.|\n)*--yes/);
  expect([code, readFileSync(file, 'utf8')]).toEqual([2, 'export default {};\n']);
  expect((await init({}, ...ANSWERED, '--yes')).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain("clusterIdentifier: 'application'");
});

test('an account without a cluster ends it with exit code 3', async () => {
  const { code, error } = await init({ isEmpty: true }, ...ANSWERED);
  expect(error).toContain('There is no Aurora PostgreSQL cluster in us-east-1 of account 111122223333');
  expect([code, existsSync(file)]).toEqual([3, false]);
});

test('every operation denied in turn is named; but for the keys of the secret', async () => {
  await init({}, ...ANSWERED.slice(2));
  const operations = [...new Set(account?.asked.map(({ action }) => action))].filter(
    (one) => one !== 'GetCallerIdentity',
  );
  expect(operations.length).toBeGreaterThan(10);
  const inSource = actionsOf(join(__dirname, '../../src/commands/init.ts')).map((one) => one.split(':')[1]);
  for (const operation of operations) {
    const { code, error } = await init({ denied: [operation] }, ...ANSWERED.slice(2));
    expect(inSource).toContain(operation);
    if (operation === 'GetSecretValue') continue;
    expect(error).toMatch(new RegExp(`could not read the account: \\w+:${operation} is not allowed`));
    expect([operation, code]).toEqual([operation, 3]);
  }
});

test.each([
  ['GetSecretValue', 'Allow secretsmanager:GetSecretValue on arn:aws:secretsmanager'],
  [
    'DescribeKey',
    'Allow kms:DescribeKey and run init again, or set database.adminSecretKmsKeyArn to the ARN of alias/shop',
  ],
])('without %s, a configuration is written and what is to do is said', async (operation, says) => {
  const { code, error } = await init({ kmsKeyId: 'alias/shop', denied: [operation] }, ...ANSWERED);
  expect(error).toContain(`To do: ${says}`);
  expect(code, error).toBe(0);
  expect(readFileSync(file, 'utf8').includes("adminSecretKmsKeyArn: 'arn:")).toBe(operation !== 'DescribeKey');
});
