import { stageOf } from '@user-metrics/foundation/account';
import { beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { runFoundation } from '../../lib/src/account/foundation-command';
import { withChange } from '../../lib/src/steps/account/change';
import { reopen } from './plain-account';

interface Finding {
  readonly id: string;
  readonly state: string;
  readonly found: string;
}

let account: Account;
/** The same with the configuration that is asked for. */
let configured: Account;
beforeAll(async () => {
  account = await reopen(inject('account'));
});
beforeEach(() => {
  configured = account;
});

async function preflight(): Promise<{ exitCode: number; findings: readonly Finding[] }> {
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  const { exitCode, printed } = await runFoundation(configured, 'preflight', options, ['--json']);
  return { exitCode, findings: JSON.parse(printed).findings };
}

const failures = (findings: readonly Finding[]) => findings.filter(({ state }) => state === 'failure');

// That it has none before the deployment, the deployment of the account has seen.
test('a deployed stage has no failure: its own resources are not taken by others', async () => {
  const { exitCode, findings } = await preflight();
  expect(failures(findings)).toEqual([]);
  expect(exitCode).toBe(0);
});

const ids = () => {
  const { network, database } = stageOf(account);
  if (network.mode !== 'inside') throw new Error('The example is inside a VPC.');
  return { ...network, ...database };
};

/** A real call that breaks something, the one that repairs it, and the one row that turns red. */
const CASES: readonly (readonly [
  what: string,
  id: string,
  found: RegExp,
  change: () => Promise<() => Promise<unknown>>,
])[] = [
  [
    'an internet gateway that is detached',
    'network.gateways',
    /is attached to no VPC/,
    async () => {
      const attachment = { InternetGatewayId: ids().internetGatewayId, VpcId: ids().vpcId };
      await account.aws.ec2.detachInternetGateway(attachment);
      return () => account.aws.ec2.attachInternetGateway(attachment);
    },
  ],
  [
    'a secret without a password',
    'database.admin-secret',
    /The secret has no password/,
    async () => {
      // A secret of its own: one that was changed and restored would have other versions.
      const { secretsManager } = account.aws;
      const SecretString = JSON.stringify({ username: account.application.admin.user });
      const { ARN = '' } = await secretsManager.createSecret({ Name: 'admin-without-password', SecretString });
      configured = withChange(account, ({ database }) => {
        database.adminSecretArn = ARN;
      });
      return async () => {
        withChange(account, () => {});
        await secretsManager.deleteSecret({ SecretId: ARN, ForceDeleteWithoutRecovery: true });
      };
    },
  ],
  [
    'a security group of SST',
    'database.owner',
    /has tags of sst, and the configuration says none/,
    async () => {
      const tags = { Resources: [ids().securityGroupId], Tags: [{ Key: 'sst:app', Value: 'shop' }] };
      await account.aws.ec2.createTags(tags);
      return () => account.aws.ec2.deleteTags(tags);
    },
  ],
];

test.each(CASES)('%s is the one failure', async (_, id, found, change) => {
  const restore = await change();
  const { exitCode, findings } = await preflight().finally(restore);
  expect(failures(findings)).toMatchObject([{ id, found: expect.stringMatching(found) }]);
  expect(exitCode).toBe(1);
});
