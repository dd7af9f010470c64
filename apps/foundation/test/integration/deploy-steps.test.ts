import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { processesWith } from '@user-metrics/supervisor';
import { afterEach, expect, test } from 'vitest';
import { snapshotFolder } from '../../src/snapshot/files';
import { startAccount } from './aws-endpoint';
import { BIN, environment, signedIn, userMetricsProcess } from './command-line';
import { configFile } from './config-file';
import { DEPLOYED_STACKS, expectOldStageNamed } from './deployed-stacks';

const close: (() => unknown)[] = [];
afterEach(() => Promise.all(close.splice(0).map((end) => end())));

const ACCOUNT = { account: '111122223333', isBootstrapped: true, stacks: [] };

test('deploy that was killed while the CDK CLI worked compares with the snapshot before it, and names other stages', async () => {
  const config = configFile();
  close.push(() => rmSync(dirname(config), { recursive: true }));
  const silent = await startAccount({ ...ACCOUNT, silentAt: 'AssumeRole' });
  const child = spawn(process.execPath, [BIN, 'deploy', '--config', config, '--', '--require-approval', 'never'], {
    stdio: 'ignore',
    env: environment(signedIn(silent.url)),
  });
  const isAtWork = () => silent.asked.some(({ action }) => action === 'AssumeRole');
  await expect.poll(isAtWork, { timeout: 100_000, interval: 20 }).toBe(true);
  // The CDK CLI too, as when the machine goes down.
  for (const running of processesWith(dirname(config))) process.kill(Number(running.split(/[ :]/)[1]), 'SIGKILL');
  await Promise.all([once(child, 'exit'), silent.close()]);
  const folder = snapshotFolder(config, { account: ACCOUNT.account, stage: 'dev' });
  const [before = ''] = readdirSync(folder).filter((name) => name.startsWith('20'));
  const answering = await startAccount({ ...ACCOUNT, stacks: DEPLOYED_STACKS });
  close.push(answering.close);
  // The CDK CLI then shows its help, and has deployed nothing.
  const { code, error } = await userMetricsProcess(
    ['deploy', '--skip-verify', '--config', config, '--', '--help'],
    signedIn(answering.url),
  );
  expect(error).toMatch(/Continues the deployment that began at 20\S+Z, and compares with the snapshot of that time\./);
  expect(error).toMatch(new RegExp(`Snapshots: \\S+/${before} and `));
  // What could not be read fails no deployment, and is said.
  expect([code, error]).toEqual([0, expect.stringContaining('Not compared: ')]);
  expect(error).not.toContain('lib/src/');
  expectOldStageNamed(error);
  expect(readdirSync(folder)).not.toContain('deployment.json');
});
