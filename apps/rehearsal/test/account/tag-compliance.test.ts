import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isTaggable, stackResources } from '@user-metrics/foundation/account';
import { payerHandOver } from '@user-metrics/tagging/cost-allocation';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { notCompliant, runTagCompliance } from '../../lib/src/account/tag-compliance';
import { roleOf, withoutRoleTag } from './changes';
import { reopen } from './plain-account';

const REPOSITORY = join(__dirname, '..', '..', '..', '..');
const STATUS = '/user-metrics/account/cost-allocation-tags';

let account: Account;
let taggable: number;
beforeAll(async () => {
  account = await reopen(inject('account'));
  taggable = (await stackResources(account)).filter(isTaggable).length;
});

/** `npx projen tag-compliance …` at the root, as a user types it. */
function projen(...args: string[]): Promise<{ code: number; stdout: string }> {
  // The build that comes first is one of its own, not a part of the one that runs this test.
  const own = Object.entries(account.env).filter(([name]) => !name.startsWith('NX_'));
  const env = { ...Object.fromEntries(own), NX_DAEMON: 'false' };
  const options = { cwd: REPOSITORY, env, maxBuffer: 2 ** 24 };
  return new Promise((resolve) => {
    const child = execFile('npx', ['projen', 'tag-compliance', ...args], options, (_, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
}

/** The document at the end of what the task and what it builds first print. */
function documentIn(stdout: string) {
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"findings"')));
}

describe('of what is deployed', () => {
  test('everything complies, as a table, with the state of the cost allocation tags', async () => {
    const { code, stdout } = await projen();
    expect(stdout).toContain(`${taggable} taggable ones checked, ${taggable} comply (100.0 %).`);
    expect(stdout).toMatch(/Cost allocation tags: 0 of 8 active \(nobody has asked yet\); Project unknown, /);
    expect(code).toBe(0);
  });

  test('everything complies, as JSON', async () => {
    const { code, stdout } = await projen('--json');
    expect(documentIn(stdout)).toMatchObject({ findings: [], summary: { checked: taggable, compliant: taggable } });
    expect(code).toBe(0);
    expect(notCompliant(await runTagCompliance(account), taggable)).toEqual([]);
  });

  test('a role without an owner is an offender, with the command that shows it', async () => {
    const role = await roleOf(account, 'grafana');
    const restore = await withoutRoleTag(account, role, 'Owner');
    const { code, stdout } = await projen().finally(restore);
    expect(stdout).toContain('Owner is missing.');
    expect(stdout).toContain(`aws iam list-role-tags --role-name '${role}'`);
    expect(code).not.toBe(0);
  });
});

test("--account takes the application's resources too, --project those of the foundation alone", async () => {
  const all = await projen('--account', '--json');
  const ours = await projen('--account', '--project', account.config.foundation.tags.project, '--json');
  expect(documentIn(all.stdout).findings).not.toEqual([]);
  expect(all.code).not.toBe(0);
  expect(documentIn(ours.stdout)).toMatchObject({ findings: [], summary: { compliant: expect.any(Number) } });
  expect(documentIn(ours.stdout).summary.compliant).toBeGreaterThan(taggable - 5);
  expect(ours.code).toBe(0);
});

test('in a member account it prints what the payer account has to do', async () => {
  const { ssm } = account.aws;
  const { Parameter } = await ssm.getParameter({ Name: STATUS });
  const keys = { ...JSON.parse(Parameter?.Value ?? '').keys, Project: 'no-access' };
  const said = ["Linked account doesn't have access to cost allocation tags."];
  await ssm.putParameter({ Name: STATUS, Value: JSON.stringify({ keys, messages: said }), Overwrite: true });
  const { code, stdout } = await projen().finally(() =>
    ssm.putParameter({ Name: STATUS, Value: Parameter?.Value, Overwrite: true }),
  );
  expect(stdout).toContain(payerHandOver({ account: account.id, keys: ['Project'], said }));
  expect(code).toBe(0);
});
