import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadFoundation } from '@user-metrics/foundation';
import { stageOf } from '@user-metrics/foundation/account';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { runFoundation } from '../../lib/src/account/foundation-command';
import { reopen } from './plain-account';

// Inside the repository, as the file imports what is in it.
const EXAMPLES = join(__dirname, '.examples');
const OPTIONS = { signal: new AbortController().signal, onProgress: () => {} };

let account: Account;
let file: string;
beforeAll(async () => {
  account = await reopen(inject('account'));
  mkdirSync(EXAMPLES, { recursive: true });
  file = join(mkdtempSync(join(EXAMPLES, 'init-')), 'foundation.config.ts');
});
afterAll(() => rmSync(EXAMPLES, { recursive: true, force: true }));

/** As the file of the rehearsal holds it. */
const plain = (foundation: unknown) => JSON.parse(JSON.stringify(foundation));

test('init finds the application: the configuration is the one that is deployed, and preflight passes with it', async () => {
  const answers = ['--owner', 'none', '--email', 'platform@example.com', '--admin-secret', 'shop/database/admin'];
  const written = { ...account, config: { ...account.config, file } };
  const result = await runFoundation(written, 'init', OPTIONS, answers);
  expect(result.exitCode, result.output).toBe(0);
  const found = await loadFoundation(file);
  const stage = stageOf({ config: { foundation: found }, stage: account.stage });
  const deployed = stageOf(account);
  expect(plain(found.accounts)).toEqual(plain(account.config.foundation.accounts));
  expect(plain(stage.network)).toEqual(plain(deployed.network));
  // What else the rehearsal sets is of its own PostgreSQL, such as the CA certificate.
  const { clusterIdentifier, host, port, name, adminSecretArn, securityGroupId, vpcId, owner } = deployed.database;
  const application = { clusterIdentifier, host, port, name, adminSecretArn, securityGroupId, vpcId, owner };
  expect(stage.database).toMatchObject(application);
  const { exitCode, output } = await runFoundation(written, 'preflight', OPTIONS);
  expect(exitCode, output).toBe(0);
});
