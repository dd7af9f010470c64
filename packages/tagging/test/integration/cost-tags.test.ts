import { jsonError } from '@user-metrics/aws-endpoint';
import { describe, expect, test } from 'vitest';
import { type CostAllocationState, INACTIVE_BUDGET_TAGS, payerHandOver, TAG_KEYS } from '../../src';
import { type FakeAccount, runCommand } from './account';

const tags = { Project: 'UserMetrics', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'C', Owner: 'platform' };
const CHECKED_AT = '2026-05-04T03:02:01.000Z';

/** An account that complies, whose tag keys are active but for those named. */
function account(differing: { [key: string]: CostAllocationState }, messages?: string[]): FakeAccount {
  const keys = { ...Object.fromEntries(TAG_KEYS.map((key) => [key, 'active'])), ...differing };
  const topic = { logicalId: 'Topic', type: 'AWS::SNS::Topic', id: 'topic', tags, arn: 'arn:aws:sns:::topic' };
  const costTags = JSON.stringify({ checkedAt: CHECKED_AT, keys, messages });
  return { stacks: { 'UserMetrics-Cost': [topic] }, costTags };
}

async function reported(given: FakeAccount, ...args: string[]) {
  const [table, json] = [await runCommand(given, ...args), await runCommand(given, ...args, '--json')];
  // Whether resources comply does not depend on it.
  expect([table.code, json.code]).toEqual([0, 0]);
  return { table: table.stdout, json: JSON.parse(json.stdout).costAllocationTags };
}

test('all keys active: says so, and nothing of the payer account', async () => {
  const { table, json } = await reported(account({}));
  expect(table).toContain(`Cost allocation tags: 8 of 8 active (asked ${CHECKED_AT}).`);
  expect(table).not.toMatch(/payer|counts \$0/);
  expect(json).toEqual({ checkedAt: CHECKED_AT, keys: expect.anything(), inactive: [] });
});

test('none of the keys active: exit code 4, in each mode', async () => {
  const none = (state: CostAllocationState) => Object.fromEntries(TAG_KEYS.map((key) => [key, state]));
  const given = account({ ...none('not-yet-seen'), Project: 'requested', Owner: 'refused' });
  for (const args of [[], ['--account'], ['--json']]) {
    const { code, stdout } = await runCommand(given, ...args);
    expect([code, stdout]).toEqual([4, expect.stringMatching(/0 of 8 active|"inactive"/)]);
  }
  expect((await runCommand(account(none('no-access')))).code).toBe(0);
});

describe.each([[[]], [['--account']]])('in a member account, with %j', (args) => {
  const said = ["Linked account doesn't have access to cost allocation tags."];
  const given = account({ Project: 'no-access', Owner: 'no-access' }, said);
  const handOver = payerHandOver({ account: '111111111111', keys: ['Project', 'Owner'], said });

  test('prints what to send to the payer account, word for word', async () => {
    const { table, json } = await reported(given, ...args);
    expect(table).toContain('Cost allocation tags: 6 of 8 active');
    expect(table).toContain('; Project no-access, Owner no-access.');
    expect(table).toContain(`  AWS said: ${said[0]}\n`);
    expect(table).toContain('account 111111111111 is a member and may not');
    expect(table).not.toMatch(/nothing to do|Somebody has to act/);
    expect(table).toContain(`\n${handOver}\n`);
    expect(json).toMatchObject({ inactive: ['Project', 'Owner'], payerHandOver: handOver });
  });
});

test('a key that AWS refuses is for somebody to act on, and one that it does not know yet is not', async () => {
  const said = ['Owner: LimitExceeded Too many active keys'];
  const { table, json } = await reported(account({ Owner: 'refused', Component: 'not-yet-seen' }, said));
  expect(table).toContain('  AWS said: Owner: LimitExceeded Too many active keys\n');
  expect(table).toContain('  Somebody has to act: AWS refuses to activate Owner, for the reason above.\n');
  expect(table).toContain('  AWS is asked once a day to activate Component, as soon as');
  expect(json).not.toHaveProperty('payerHandOver');
  const alone = await reported(account({ Owner: 'refused' }));
  expect(alone.table).toContain('Somebody has to act: AWS refuses to activate Owner.');
  expect(alone.table).not.toContain('nothing to do');
});

test.each<CostAllocationState>(['requested', 'not-yet-seen', 'unknown'])(
  'a key that is %s is not active, and nobody is asked to act',
  async (state) => {
    const { table, json } = await reported(account({ Project: state }));
    expect(table).toContain(`7 of 8 active (asked ${CHECKED_AT}); Project ${state}.`);
    expect(table).toContain(`  ${INACTIVE_BUDGET_TAGS}.\n`);
    expect(table).toMatch(/ {2}AWS is asked once a day to activate Project, .*: nothing to do until then\.\n/);
    expect(table).not.toMatch(/payer|Somebody has to act/);
    expect(json.inactive).toEqual(['Project']);
    expect(json).not.toHaveProperty('payerHandOver');
  },
);

test('nothing is said of the budget for a key that its filter does not need', async () => {
  const { table } = await reported(account({ Component: 'not-yet-seen' }));
  expect(table).toContain('Cost Explorer tells no cost apart by a key that is not active.');
  expect(table).not.toContain('counts $0');
});

describe('what is not known is not called active', () => {
  const cases: [string, FakeAccount, RegExp][] = [
    [
      'nothing asks for them',
      { ...account({}), costTags: undefined as never },
      /account 111111111111 has no parameter/,
    ],
    [
      'no state in it',
      { ...account({}), costTags: '"active"' },
      /could not be read: Error: it must hold a state by key/,
    ],
    ['no JSON in it', { ...account({}), costTags: 'active' }, /could not be read: SyntaxError/],
  ];

  test.each(cases)('%s', async (_, given, reason) => {
    const { table, json } = await reported(given);
    expect(table).toMatch(/Cost allocation tags: not known: /);
    expect(table).toMatch(reason);
    expect(json).toEqual({ unknown: expect.stringMatching(reason) });
  });

  test('no right to read it', async () => {
    const errors = {
      GetParameter: [jsonError('AccessDeniedException', 'not authorized to perform: ssm:GetParameter')],
    };
    const { code, stdout } = await runCommand({ ...account({}), errors });
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('AccessDeniedException: not authorized to perform: ssm:GetParameter'),
    ]);
  });
});
