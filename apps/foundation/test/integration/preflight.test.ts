import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsEndpoint } from '@user-metrics/aws-endpoint';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildApp } from '../../src';
import { loadStage } from '../../src/commands/assembly/synthesise';
import { plannedStage } from '../../src/commands/preflight';
import type { Finding, PlannedStage } from '../../src/preflight/check';
import { preflightReport } from '../../src/preflight/report';
import { preflight as runChecks } from '../../src/preflight/run';
import { actionsOf } from '../unit/permissions/calls-in-source';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';
import { type Different, startPreflightAccount } from './preflight-account';

let config: string;
let planned: PlannedStage;
beforeAll(async () => {
  // A NAT gateway of its own, so that quotas matter.
  config = configFile((text) => text.replace(/natGatewayId: .*/, ''));
  const chosen = await loadStage(config, 'dev');
  const assembly = mkdtempSync(join(tmpdir(), 'preflight-'));
  buildApp(chosen.foundation, 'dev', assembly).synth();
  planned = plannedStage({ ...chosen, assembly });
});

let account: AwsEndpoint;
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  return account.close();
});

async function preflight(different: Different = {}, ...args: string[]) {
  account = await startPreflightAccount(different);
  return userMetrics(['preflight', '--config', config, ...args], signedIn(account.url));
}

/** The findings alone, without synthesising again. */
async function findings(different: Different): Promise<readonly Finding[]> {
  account = await startPreflightAccount(different);
  for (const [name, value] of Object.entries({ ...signedIn(account.url), AWS_MAX_ATTEMPTS: '5' }))
    vi.stubEnv(name, value);
  return runChecks(planned);
}

test('all is well: in a table, without the value of the secret', async () => {
  const { code, out } = await preflight();
  expect(out).toContain('ok       Network: The /24 is free: 10.40.250.0/24 of 10.40.0.0/16');
  expect(out).toMatch(/\n0 failure, 0 warning, 0 unknown, \d+ ok\n$/);
  expect(out.split('\n').length).toBeLessThan(40);
  expect(out).not.toContain('never shown');
  expect(code).toBe(0);
});

test('every operation denied in turn makes what it is needed for unknown, with the action, and nothing else', async () => {
  await preflight();
  const operations = [...new Set(account.asked.map(({ action }) => action))].filter(
    (one) => one !== 'GetCallerIdentity',
  );
  expect(operations.length).toBeGreaterThan(20);
  const inSource = actionsOf(join(__dirname, '../../src/commands/preflight.ts')).map((one) => one.split(':')[1]);
  for (const operation of operations) {
    await account.close();
    const found = (await findings({ denied: [operation] })).filter(({ state }) => state !== 'ok');
    const action = operation === 'DescribeBudgets' ? 'ViewBudget' : operation;
    expect(inSource).toContain(action);
    expect([operation, ...new Set(found.map(({ state }) => state))]).toEqual([operation, 'unknown']);
    for (const one of found)
      expect(one.found).toMatch(new RegExp(`^Could not be read: \\w+:${action} is not allowed$`));
  }
});

test('a quota that was never applied is that of AWS; where there is none either, the limit is not known', async () => {
  const ofAws = await findings({ absent: ['GetServiceQuota'] });
  expect(ofAws.find(({ id }) => id === 'account.quotas')).toMatchObject({
    state: 'ok',
    found: expect.stringContaining('of 7 used'),
  });
  await account.close();
  const unknown = await findings({ absent: ['GetServiceQuota', 'GetAWSDefaultServiceQuota'] });
  expect(unknown.find(({ id }) => id === 'account.quotas')).toMatchObject({
    state: 'warning',
    fix: expect.stringMatching(/^aws service-quotas list-service-quotas --region us-east-1 /),
  });
});

test('every operation throttled three times is asked again', async () => {
  // The pauses between two attempts are random; these take no time.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  expect((await findings({ throttled: 3 })).filter(({ state }) => state !== 'ok')).toEqual([]);
});

test('an empty account fails with a fix for each, within the lines of a terminal', async () => {
  const { code, out } = await preflight({ isEmpty: true });
  expect(out).toMatch(/failure {2}Account: The account is bootstrapped for the CDK\n.*\n +fix: npx cdk bootstrap aws:/);
  expect(out).toContain('There is no vpc-0a1b2c3d4e5f60718 in us-east-1');
  expect(out.split('\n').length).toBeLessThanOrEqual(41);
  expect(code).toBe(1);
});

test.each([
  ['from the beginning', 'GetCallerIdentity', 'needs credentials of AWS account 111122223333'],
  ['in the middle', 'DescribeVpcs', 'preflight stopped: the credentials expired while it ran'],
])('expired credentials %s end it with exit code 3', async (_, expiredFrom, says) => {
  const { code, out, error } = await preflight({ expiredFrom });
  expect([code, out]).toEqual([3, '']);
  expect(error).toContain(says);
});

test('--json prints the findings and nothing else', async () => {
  const { out } = await preflight({}, '--json');
  expect(preflightReport.parse(JSON.parse(out))).toMatchObject({ account: '111122223333', stage: 'dev' });
});

test('a wrong stage ends it with exit code 2', async () => {
  expect((await preflight({}, '--stage', 'prod')).code).toBe(2);
});
