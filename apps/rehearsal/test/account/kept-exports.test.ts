import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listStacks, stackResources } from '@user-metrics/foundation/account';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { type Change, writeConfig } from '../../lib/src/account/config-copy';
import { CHANGE_ONLY, type CommandResult, runFoundation } from '../../lib/src/account/foundation-command';
import { reopen } from './plain-account';

const REPORTS = 'UserMetrics-CostReports';
/** Several deployments on a machine that has other things to do, in milliseconds. */
const TIMEOUT = 400_000;

let account: Account;
beforeAll(async () => {
  account = await reopen(inject('account'));
});

const options = { signal: new AbortController().signal, onProgress: () => {} };

/** Deploys a changed configuration; the account keeps its own. */
async function deploy(change: Change): Promise<CommandResult> {
  const folder = mkdtempSync(join(tmpdir(), 'user-metrics-changed-'));
  const config = writeConfig(folder, account.config.foundation, change);
  return runFoundation({ ...account, config }, 'deploy', options, CHANGE_ONLY);
}

test('another block of a deployed stage is refused, and nothing is touched', async () => {
  const before = await stackResources(account);
  const { exitCode, output } = await deploy(({ network }) => {
    if (network.mode === 'inside') network.block = '10.40.251.0/24';
  });
  expect(output).toMatch(
    / {2}UserMetrics-dev-Network would replace Network\/Subnets\/Tasks1\/Subnet \(AWS::EC2::Subnet: CidrBlock\); used by UserMetrics-dev-Database\./,
  );
  expect(output).toMatch(/1\. npx cdk destroy --app \S+ --exclusively UserMetrics-dev-Database/);
  expect(exitCode).toBe(1);
  expect(await stackResources(account)).toEqual(before);
});

test('reports that are switched off can go in the order of steps', { timeout: TIMEOUT }, async () => {
  const withoutReports: Change = (_, { accounts }) => {
    for (const { cost } of Object.values(accounts)) cost.reports = false;
  };
  const refused = await deploy(withoutReports);
  expect(refused.output).toMatch(/UserMetrics-Cost would no longer export \S+; used by UserMetrics-CostReports\./);
  expect(refused.output).toContain(
    `1. aws cloudformation delete-stack --region ${account.region} --stack-name ${REPORTS}`,
  );
  expect(refused.exitCode).toBe(1);
  const { cloudFormation } = account.aws;
  await cloudFormation.deleteStack({ StackName: REPORTS });
  const names = async () => (await listStacks(account)).map(({ name }) => name);
  await expect.poll(names, { timeout: 30_000 }).not.toContain(REPORTS);
  const done = await deploy(withoutReports);
  expect([done.exitCode, await names()], done.output).toEqual([0, expect.not.arrayContaining([REPORTS])]);
  const again = await runFoundation(account, 'deploy', options, CHANGE_ONLY);
  expect([again.exitCode, await names()], again.output).toEqual([0, expect.arrayContaining([REPORTS])]);
});
