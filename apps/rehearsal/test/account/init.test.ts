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

/** What is of the rehearsal alone: the CA certificate and the database role of its PostgreSQL, and a function as probe. */
function ofRehearsal() {
  const { probes, database } = stageOf(account);
  return {
    probes,
    database: { certificateAuthority: database.certificateAuthority, databaseRole: database.databaseRole },
  };
}

/** As the file of the rehearsal holds it. */
const plain = (foundation: unknown) => JSON.parse(JSON.stringify(foundation));

test('init finds the application: the configuration is the one that is deployed, and preflight passes with it', async () => {
  const answers = ['--owner', 'none', '--email', 'platform@example.com', '--admin-secret', 'shop/database/admin'];
  const written = { ...account, config: { ...account.config, file } };
  const result = await runFoundation(written, 'init', OPTIONS, answers);
  expect(result.exitCode, result.output).toBe(0);
  const found = await loadFoundation(file);
  const stage = stageOf({ config: { foundation: found }, stage: account.stage });
  const { probes, database } = ofRehearsal();
  const stages = { [account.stage]: { ...stage, probes, database: { ...stage.database, ...database } } };
  expect(plain({ ...found, stages })).toEqual(plain(account.config.foundation));
  const { exitCode, output } = await runFoundation(written, 'preflight', OPTIONS);
  expect(exitCode, output).toBe(0);
});
