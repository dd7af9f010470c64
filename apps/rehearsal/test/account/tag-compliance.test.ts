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

/** What `npx projen tag-compliance …` runs after the build. A build here would replace files that other tests load. */
function tagCompliance(...args: string[]): Promise<{ code: number; stdout: string }> {
  const options = { cwd: REPOSITORY, env: account.env, maxBuffer: 2 ** 24 };
  return new Promise((resolve) => {
    const child = execFile(join(REPOSITORY, 'node_modules', '.bin', 'tag-compliance'), args, options, (_, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
}

describe('of what is deployed', () => {
  test('everything complies, as a table, with the state of the cost allocation tags', async () => {
    const { code, stdout } = await tagCompliance();
    expect(stdout).toContain(`${taggable} taggable ones checked, ${taggable} comply (100.0 %).`);
    expect(stdout).toMatch(/Cost allocation tags: 0 of 8 active \(nobody has asked yet\); Project unknown, /);
    expect(code).toBe(0);
  });

  test('everything complies, as JSON', async () => {
    const { code, stdout } = await tagCompliance('--json');
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], summary: { checked: taggable, compliant: taggable } });
    expect(code).toBe(0);
    expect(notCompliant(await runTagCompliance(account), taggable)).toEqual([]);
  });

  test('a role without an owner is an offender, with the command that shows it', async () => {
    const role = await roleOf(account, 'grafana');
    const restore = await withoutRoleTag(account, role, 'Owner');
    const { code, stdout } = await tagCompliance().finally(restore);
    expect(stdout).toContain('Owner is missing.');
    expect(stdout).toContain(`aws iam list-role-tags --role-name '${role}'`);
    expect(code).not.toBe(0);
  });
});

test("--account takes the application's resources too, --project those of the foundation alone", async () => {
  const all = await tagCompliance('--account', '--json');
  const ours = await tagCompliance('--account', '--project', account.config.foundation.tags.project, '--json');
  expect(JSON.parse(all.stdout).findings).not.toEqual([]);
  expect(all.code).not.toBe(0);
  expect(JSON.parse(ours.stdout)).toMatchObject({ findings: [], summary: { compliant: expect.any(Number) } });
  expect(JSON.parse(ours.stdout).summary.compliant).toBeGreaterThan(taggable - 5);
  expect(ours.code).toBe(0);
});

test('in a member account it prints what the payer account has to do', async () => {
  const { ssm } = account.aws;
  const { Parameter } = await ssm.getParameter({ Name: STATUS });
  const keys = { ...JSON.parse(Parameter?.Value ?? '').keys, Project: 'no-access' };
  const said = ["Linked account doesn't have access to cost allocation tags."];
  await ssm.putParameter({ Name: STATUS, Value: JSON.stringify({ keys, messages: said }), Overwrite: true });
  const { code, stdout } = await tagCompliance().finally(() =>
    ssm.putParameter({ Name: STATUS, Value: Parameter?.Value, Overwrite: true }),
  );
  expect(stdout).toContain(payerHandOver({ account: account.id, keys: ['Project'], said }));
  expect(code).toBe(0);
});
