import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { verifyReportSchema } from '../../src/commands/verify/report-schema';
import { actionsOf } from '../unit/permissions/calls-in-source';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';
import { startVerifiedAccount, type VerifiedAccount } from './verify-endpoint';

const VERIFY = join(__dirname, '..', '..', 'src', 'commands', 'verify.ts');

let account: VerifiedAccount;
let folder: string;
beforeEach(async () => {
  account = await startVerifiedAccount();
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-verify-'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
  return account.close();
});

const run = (...args: string[]) =>
  userMetrics(['verify', '--config', configFile(), '--output', folder, ...args], signedIn(account.url));
const verified = async (...args: string[]) => {
  const { code, out, error } = await run('--json', ...args);
  return { code, error, report: verifyReportSchema.parse(JSON.parse(out)) };
};

test('the published values pass: table, page and JSON say so, with the requirement and the calls', async () => {
  const { code, out, error } = await run('--only', '1.1.AC7');
  expect([code, out.trim().split('\n').at(-1)]).toEqual([0, '1 pass']);
  expect(error).toContain('1 of 1: 1.1.AC7 pass');
  const report = verifyReportSchema.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
  expect(report).toMatchObject({ account: '111122223333', isEmulated: true, counts: { pass: 1 } });
  expect(report.checks[0]).toMatchObject({
    id: '1.1.AC7',
    text: 'SST configuration extended with observability infrastructure constructs',
    asked: ['ssm:GetParametersByPath'],
  });
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(report.subject['SHA-256 of the configuration']);
});

test('each call that is throttled three times is asked again', async () => {
  account.throttled = 3;
  // The SDK waits up to 4 seconds before it asks again; for an answer it waits longer.
  const wait = setTimeout;
  const soon = (call: () => void, milliseconds = 0) => wait(call, milliseconds > 4_000 ? milliseconds : 0);
  vi.stubGlobal('setTimeout', soon);
  const { code, report } = await verified('--only', '1.1.AC7');
  expect([code, report.counts]).toEqual([0, { pass: 1 }]);
});

/** What exists, of one account for all: it is empty but for the stacks. */
let before: string | undefined;
async function snapshot(): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'user-metrics-before-')), 'before.json');
  await userMetrics(['snapshot', '--config', configFile(), '--output', file], signedIn(account.url));
  return file;
}

/** Names by which requests are signed, where they are not the prefix of the IAM actions. */
const SIGNED_AS: { readonly [prefix: string]: string } = { cloudwatch: 'monitoring', tag: 'tagging' };

const services = [...new Set(actionsOf(VERIFY).map((action) => action.split(':')[0] ?? ''))];

test.each(services.filter((prefix) => prefix !== 'sts'))(
  'where %s denies every call, what asks it never passes, and something names the action',
  async (prefix) => {
    before ??= await snapshot();
    account.deniedService = SIGNED_AS[prefix] ?? prefix;
    const { code, report } = await verified('--since', before);
    // One comparison serves all integration verifications, which pass by what it could read of their kinds.
    const asking = report.checks.filter(
      ({ id, asked }) => !/IV/.test(id) && asked?.some((action) => action.startsWith(`${prefix}:`)),
    );
    expect(asking.flatMap(({ id, status }) => (status === 'pass' ? id : []))).toEqual([]);
    const unknown = report.checks.filter(({ missingRight }) => missingRight?.startsWith(`${prefix}:`));
    expect(unknown.map(({ status }) => status)).toContain('unknown');
    expect(unknown.map(({ evidence }) => evidence).join()).toMatch(
      new RegExp(`${prefix}:\\w+ is denied|needs ${prefix}:\\w+`),
    );
    // Others fail, because this account is nearly empty.
    expect([1, 3]).toContain(code);
  },
);

test('a missing right alone ends with exit code 3', async () => {
  account.deniedService = 'ssm';
  const { code } = await run('--only', '1.1.AC7');
  expect(code).toBe(3);
});

test.each([
  [
    'ExpiredTokenException',
    'The security token included in the request is expired',
    /credentials expired while it ran/,
  ],
  ['InvalidSignatureException', 'Signature expired: is now earlier than', /clock of this machine .* differs/],
])('%s in the middle ends it with exit code 3, a sentence and no trace', async (code, message, says) => {
  // The SDK corrects its clock by that of the answers, and asks again.
  for (let attempt = 0; attempt < 5; attempt++) account.refusals.push({ action: 'GetParametersByPath', code, message });
  const outcome = await run('--only', '1.1.AC7');
  expect(outcome).toMatchObject({ code: 3, error: expect.stringMatching(says) });
  expect(outcome.error).not.toMatch(/^\s+at /m);
});

test('another stage of the account is not read', async () => {
  account.stages.push('prod');
  const { report } = await verified('--only', '1.1.AC2');
  expect(report.checks).toHaveLength(1);
  const listed = account.asked.filter(({ action }) => action === 'ListStackResources');
  expect(new Set(listed.map(({ parameters }) => parameters['StackName']))).toEqual(
    new Set(['UserMetrics-dev-Network']),
  );
});

test('a stage that is not deployed is one sentence with the command', async () => {
  account.stages = [];
  expect(await run()).toMatchObject({
    code: 1,
    out: '',
    error: expect.stringMatching(/^Stage dev has no stack in account .*npx projen deploy --stage dev\n$/),
  });
});

test('a criterion that is not known is wrong use', async () => {
  expect(await run('--only', '1.9')).toMatchObject({
    code: 2,
    error: expect.stringMatching(/such as 1\.3 or 1\.3\.AC2/),
  });
});
