import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stageOf } from '@user-metrics/foundation/account';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { runFoundation } from '../../lib/src/account/foundation-command';
import { runTagCompliance } from '../../lib/src/account/tag-compliance';
import { reopen } from './plain-account';

// An IAM role with what docs/permissions.md says runs the commands; the emulator enforces IAM.

const OPTIONS = { signal: new AbortController().signal, onProgress: () => {} };
const POLICIES = join(dirname(createRequire(__filename).resolve('@user-metrics/foundation/package.json')), 'policies');
const ROLE = 'auditor';

let account: Account;
let auditor: Account;
let readOnly: string;
beforeAll(async () => {
  account = await reopen(inject('account'));
  const { iam, sts } = account.aws;
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account.id}:root` }, Action: 'sts:AssumeRole' };
  const { Role } = await iam.createRole({ RoleName: ROLE, AssumeRolePolicyDocument: document([trust]) });
  const { Credentials } = await sts.assumeRole({ RoleArn: Role?.Arn, RoleSessionName: 'test' });
  auditor = {
    ...account,
    env: {
      ...account.env,
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials?.SessionToken,
    },
  };
  const made = await iam.createPolicy({
    PolicyName: 'user-metrics-read-only',
    PolicyDocument: readFileSync(join(POLICIES, 'read-only.json'), 'utf8'),
  });
  readOnly = made.Policy?.Arn ?? '';
});

afterAll(async () => {
  const { iam } = account.aws;
  await iam.detachRolePolicy({ RoleName: ROLE, PolicyArn: readOnly });
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName: ROLE });
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName: ROLE, PolicyName });
  await iam.deletePolicy({ PolicyArn: readOnly });
  await iam.deleteRole({ RoleName: ROLE });
});

const document = (Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (PolicyName: string, Action: string, Resource: string) =>
  account.aws.iam.putRolePolicy({
    RoleName: ROLE,
    PolicyName,
    PolicyDocument: document([{ Effect: 'Allow', Action, Resource }]),
  });
const folder = () => mkdtempSync(join(tmpdir(), 'read-only-'));

/** What a command says of rights that it lacks. */
async function denials(command: Parameters<typeof runFoundation>[1], ...args: string[]): Promise<string[]> {
  const { output } = await runFoundation(auditor, command, OPTIONS, args);
  return output
    .split('\n')
    .filter((line) => /not authorized|AccessDenied|is denied|"needs |needs \w+:[A-Z]/.test(line));
}

test('without a policy the same commands say what is denied', async () => {
  const said = await denials('verify', '--only', '1.1.AC1', '--json', '--output', folder());
  expect(said.join('\n')).toMatch(/ec2:\w+ is denied|ssm:\w+ is denied/);
});

test('with read-only.json each reading command reads all it asks for', async () => {
  await account.aws.iam.attachRolePolicy({ RoleName: ROLE, PolicyArn: readOnly });
  const lambda = stageOf(account).probes?.lambda ?? '';
  await allow('probe', 'lambda:InvokeFunction', `arn:aws:lambda:*:${account.id}:function:${lambda}`);
  expect({
    verify: await denials('verify', '--json', '--output', folder()),
    snapshot: await denials('snapshot', '--output', join(folder(), 'snapshot.json')),
    diff: await denials('diff', '--json'),
    estimate: await denials('estimate'),
    'cost-review': await denials('cost-review', '--json'),
    'alert-test': await denials('alert-test', '--dry-run'),
  }).toEqual({ verify: [], snapshot: [], diff: [], estimate: [], 'cost-review': [], 'alert-test': [] });
  expect((await runTagCompliance(auditor)).report).toMatchObject({ findings: [] });
});

test('preflight says of the secret of the administrator alone that it may not read it, and reads it with admin-secret.json', async () => {
  const unread = async () => {
    const { printed } = await runFoundation(auditor, 'preflight', OPTIONS, ['--json']);
    const { findings } = JSON.parse(printed) as { findings: { id: string; state: string; found: string }[] };
    return findings.flatMap(({ id, state, found }) => (state === 'unknown' ? `${id}: ${found}` : []));
  };
  expect(await unread()).toEqual([expect.stringMatching(/secretsmanager:GetSecretValue/)]);
  await allow('admin-secret', 'secretsmanager:GetSecretValue', stageOf(account).database.adminSecretArn);
  expect(await unread()).toEqual([]);
});
