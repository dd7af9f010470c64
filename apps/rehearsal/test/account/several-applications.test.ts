import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Foundation, Stage } from '@user-metrics/foundation';
import { listStacks, stackResources } from '@user-metrics/foundation/account';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { writeConfig } from '../../lib/src/account/config-copy';
import { runFoundation } from '../../lib/src/account/foundation-command';
import { CleanUp } from '../../lib/src/clean-up';
import { temporaryFolder } from '../../lib/src/temporary-folder';
import { reopen } from './plain-account';

const STAGE = 'blog-dev';
const TIMEOUT = { timeout: 400_000 };

const cleanUp = new CleanUp();
afterAll(() => cleanUp.run());

let account: Account;
beforeAll(async () => {
  account = await reopen(inject('account'));
});

/** The stage of a second application that shares VPC and cluster with the first: a /24, a schema and a database role of its own. */
function blog(): Stage {
  const { network, database, storage, ...rest } = account.config.foundation.stages['dev'] as Stage;
  if (network.mode !== 'inside') throw new Error('The example is inside a VPC.');
  return {
    ...rest,
    network: { ...network, block: '10.40.251.0/24' },
    database: { ...database, schema: 'umami_blog', databaseRole: 'umami_blog', autoDelete: true },
    storage: { ...storage, autoDelete: true },
  };
}

/** A copy of the repository with a configuration of its own, which works with a stage in the same account. */
function copyWith(stage: string, change: Partial<Foundation>): Account {
  const folder = temporaryFolder('user-metrics-applications-', cleanUp);
  // With it each criterion about existing resources and the database is evaluated.
  cpSync(join(dirname(account.config.file), 'snapshots'), join(folder, 'snapshots'), { recursive: true });
  return { ...account, stage, config: writeConfig(folder, { ...account.config.foundation, ...change }) };
}

/** The second copy: another project, without budget and reports, which the account has once. */
function secondCopy(stage: string, stages: Foundation['stages']): Account {
  const { tags, accounts } = account.config.foundation;
  const [first] = Object.values(accounts);
  if (!first) throw new Error('The configuration has an account.');
  return copyWith(stage, {
    tags: { ...tags, project: 'blog' },
    accounts: { [account.id]: { ...first, cost: { ...first.cost, budget: false, reports: false } } },
    stages,
  });
}

async function run(where: Account, command: Parameters<typeof runFoundation>[1], ...args: string[]) {
  return runFoundation(where, command, { signal: new AbortController().signal, onProgress: () => {} }, args);
}

async function succeeds(...parameters: Parameters<typeof run>): Promise<string> {
  const { exitCode, output } = await run(...parameters);
  expect(exitCode, output).toBe(0);
  return output;
}

/** What `verify` says of a stage, without what passes and what only takes time. */
async function wrongIn(where: Account): Promise<string[]> {
  const { printed } = await run(where, 'verify', '--json');
  const { checks } = JSON.parse(printed) as { checks: { id: string; status: string; evidence: string }[] };
  expect(checks.length).toBeGreaterThan(30);
  return checks.flatMap(({ id, status, evidence }) => (status === 'fail' ? [`${id}: ${evidence}`] : []));
}

test(
  'one configuration: the second application is deployed, verified and destroyed beside the first',
  TIMEOUT,
  async () => {
    const first = copyWith('dev', { stages: { ...account.config.foundation.stages, [STAGE]: blog() } });
    const second = { ...first, stage: STAGE };
    const before = await stackResources(first);
    await succeeds(second, 'deploy');
    expect(await stackResources(first)).toEqual(before);
    expect([await wrongIn(first), await wrongIn(second)]).toEqual([[], []]);
    // Not in the configuration of an earlier commit, and of the same project: somebody may have forgotten it.
    const { output } = await run(account, 'preflight');
    expect(output).toContain(
      `Stage ${STAGE} has 4 stacks in account ${account.id}, ${account.region}, and this configuration`,
    );
    const refused = await run(second, 'destroy', '--account-stacks');
    expect([refused.exitCode, refused.output]).toEqual([1, expect.stringContaining('dev still has stacks')]);
    await succeeds(second, 'destroy');
    expect(await stackResources(first)).toEqual(before);
  },
);

test('two copies: neither counts, changes or destroys what is of the other', TIMEOUT, async () => {
  const second = secondCopy(STAGE, { [STAGE]: blog() });
  const before = await stackResources(account);
  await succeeds(second, 'deploy');
  expect(await stackResources(account)).toEqual(before);
  expect([await wrongIn(account), await wrongIn(second)]).toEqual([[], []]);
  for (const [where, ofOther] of [
    [second, /Stage dev has 4 stacks in .*, of project UserMetrics: another configuration deploys it\.$/m],
    [account, /Stage blog-dev has 4 stacks in .*, of project blog: another configuration deploys it\.$/m],
  ] as const)
    for (const command of ['diff', 'estimate', 'preflight'] as const) {
      const { output } = await run(where, command);
      expect(output, command).toMatch(ofOther);
      expect(output, command).not.toContain('delete-stack');
    }

  const sameName = secondCopy('dev', { dev: blog() });
  for (const command of ['deploy', 'destroy'] as const) {
    const { exitCode, output } = await run(sameName, command);
    expect(exitCode, output).toBe(1);
    expect(output).toMatch(/UserMetrics-dev-\w+ in us-east-1 belongs to project UserMetrics/);
  }
  await succeeds(second, 'destroy', '--account-stacks');
  expect(await stackResources(account)).toEqual(before);
  expect((await listStacks(account)).map(({ name }) => name)).not.toContain('UserMetrics-Alerts');
});
