import { afterEach, describe, expect, test, vi } from 'vitest';
import { type AlertAccount, startAlertAccount } from './alert-endpoint';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';

const CONFIG = configFile((text) =>
  text.replace("['platform@example.com']", "['platform@example.com', 'finance@example.com', 'cto@example.com']"),
);
const ALL = { 'platform@example.com': 'confirmed', 'finance@example.com': 'confirmed', 'cto@example.com': 'confirmed' };

let account: AlertAccount;
afterEach(() => {
  vi.restoreAllMocks();
  return account.close();
});

const alertTest = (...options: string[]) =>
  userMetrics(['alert-test', '--config', CONFIG, ...options], signedIn(account.url));
const states = (out: string) =>
  Object.fromEntries(JSON.parse(out).subscribers.map(({ email, state }: { [key: string]: string }) => [email, state]));

describe('alert-test', () => {
  test('sends a test alert, and lists who gets it', async () => {
    account = await startAlertAccount(ALL);
    const { code, out } = await alertTest();
    expect(code).toBe(0);
    expect(out).toContain('Test alert sent: message-1');
    expect(out.match(/ confirmed /g)).toHaveLength(3);
    expect(account.published).toHaveLength(1);
    expect(account.published[0]?.subject).toBe('Test alert: observability alerts');
    expect(account.published[0]?.message).toContain('nothing has happened');
    expect(account.subscribed).toEqual([]);
  });

  test('tests both topics where the cost stacks are in another Region than the stages', async () => {
    account = await startAlertAccount({ ...ALL, 'cto@example.com': 'Deleted' });
    const file = configFile((text) => text.replaceAll('us-east-1', 'eu-north-1'));
    const { code, out } = await userMetrics(['alert-test', '--config', file, '--json'], signedIn(account.url));
    const { topicArn, stageAlerts } = JSON.parse(out);
    expect([code, topicArn, stageAlerts.topicArn]).toEqual([
      0,
      'arn:aws:sns:us-east-1:111122223333:Alerts',
      'arn:aws:sns:eu-north-1:111122223333:Alerts',
    ]);
    expect(account.published.map(({ topic }) => topic)).toEqual([topicArn, stageAlerts.topicArn]);
  });

  test('fails for an address that is pending, and for one that is unsubscribed, on whatever page', async () => {
    account = await startAlertAccount({
      'somebody@example.com': 'confirmed',
      'Platform@Example.com': 'confirmed',
      'finance@example.com': 'PendingConfirmation',
      'cto@example.com': 'Deleted',
    });
    const { code, out, error } = await alertTest('--json');
    expect(code).toBe(1);
    expect(states(out)).toEqual({
      'platform@example.com': 'confirmed',
      'finance@example.com': 'pending',
      'cto@example.com': 'unsubscribed',
      'somebody@example.com': 'unknown',
    });
    expect(error).toContain('2 of 3 addresses get no alerts.');
    expect(account.published).toHaveLength(1);
  });

  test('asks again with --resubscribe, those alone who need it', async () => {
    account = await startAlertAccount({ ...ALL, 'cto@example.com': 'Deleted' });
    const { code, out } = await alertTest('--resubscribe');
    expect(account.subscribed).toEqual(['cto@example.com']);
    expect(out).toContain('Asked cto@example.com to confirm, within three days.');
    expect(out).toMatch(/cto@example\.com .* pending/);
    expect(code).toBe(1);
  });

  test('sends and changes nothing with --dry-run', async () => {
    account = await startAlertAccount({ 'platform@example.com': 'confirmed' });
    const { code, out } = await alertTest('--dry-run', '--resubscribe');
    expect(code).toBe(1);
    expect(out).toContain('Nothing was sent.');
    expect(out).toContain('Would ask finance@example.com to confirm');
    expect([account.published, account.subscribed]).toEqual([[], []]);
  });

  test('waits when it is throttled', async () => {
    // The SDK waits for a random time.
    vi.spyOn(Math, 'random').mockReturnValue(0.001);
    account = await startAlertAccount(ALL);
    for (const action of ['DescribeStacks', 'ListSubscriptionsByTopic', 'Publish'])
      account.refusals.push({ action, code: 'Throttling', status: 400 });
    expect((await alertTest()).code).toBe(0);
    expect(account.refusals).toEqual([]);
    expect(account.published).toHaveLength(1);
  });

  test('asks the others when SNS refuses one address, and says which', async () => {
    account = await startAlertAccount({ 'platform@example.com': 'confirmed' });
    account.refusals.push({ action: 'Subscribe', code: 'InvalidParameter', status: 400 });
    const { code, out } = await alertTest('--resubscribe');
    expect(code).toBe(1);
    expect(out).toContain('Could not ask finance@example.com: InvalidParameter of the test');
    expect(account.subscribed).toEqual(['cto@example.com']);
    expect(account.published).toHaveLength(1);
  });

  test('fails with AWS’ own reason, and no stack trace, when it may not publish', async () => {
    account = await startAlertAccount(ALL);
    account.refusals.push({ action: 'Publish', code: 'AuthorizationError', status: 403 });
    const { code, error } = await alertTest();
    expect(code).toBe(1);
    expect(error).toContain('alert-test was refused by AWS: AuthorizationError of the test');
    expect(error).not.toMatch(/^\s+at /m);
  });

  test('fails with exit code 3 when nothing is deployed', async () => {
    account = await startAlertAccount();
    account.isDeployed = false;
    const { code, error } = await alertTest();
    expect(code).toBe(3);
    expect(error).toContain('UserMetrics-Cost is not deployed in account 111122223333, us-east-1');
  });
});

describe('what the budget has counted', () => {
  test('is said, when its tag is active', async () => {
    account = await startAlertAccount(ALL);
    expect((await alertTest('--dry-run')).out).toContain('The budget has counted $12.30 of $150 this month.');
  });

  test('is nothing yet for a day after the activation', async () => {
    account = await startAlertAccount(ALL);
    account.spentUsd = 0;
    expect((await alertTest('--dry-run')).out).toContain(
      'Its tags are active; the first costs have them up to 24 hours later.',
    );
  });

  test.each(['unknown', 'not-yet-seen', 'requested'])('is nothing while its tag is %s', async (state) => {
    account = await startAlertAccount(ALL);
    account.tagKeys['Project'] = state;
    account.spentUsd = 0;
    const { out } = await alertTest('--dry-run');
    expect(out).toContain(
      `A budget over tags counts $0, whatever is spent, until its tag keys are active cost allocation tags (Project ${state}).`,
    );
    expect(out).toContain('AWS is asked once a day');
  });

  test('is nothing in a member account, with the steps of the payer account', async () => {
    account = await startAlertAccount(ALL);
    account.tagKeys['Project'] = 'no-access';
    account.spentUsd = 0;
    account.tagMessages.push("Linked account doesn't have access to cost allocation tags.");
    const { out } = await alertTest('--dry-run');
    expect(out).toContain('payer (management) account; account 111122223333 is a member and may not');
    expect(out).toContain(
      'aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=Project,Status=Active',
    );
  });

  test('shows that the tag is active in a member account whose payer has activated it', async () => {
    account = await startAlertAccount(ALL);
    account.tagKeys['Project'] = 'no-access';
    account.spentUsd = 57;
    account.tagMessages.push("Linked account doesn't have access to cost allocation tags.");
    const { out } = await alertTest('--dry-run');
    expect(out).toContain('The budget has counted $57.00 of $150 this month.');
    expect(out).not.toMatch(/counts \$0|payer|no-access/);
  });

  test('is nothing without the right to activate its tag, and no account is called a member for it', async () => {
    account = await startAlertAccount(ALL);
    Object.assign(account.tagKeys, { Project: 'no-access', Owner: 'refused' });
    account.spentUsd = 0;
    const said = 'User: arn:aws:sts::1:assumed-role/F is not authorized to perform: ce:UpdateCostAllocationTagsStatus';
    account.tagMessages.push(said, 'Owner: LimitExceeded Too many active keys');
    const { out } = await alertTest('--dry-run');
    expect(out).toContain(`AWS said: ${said}`);
    expect(out).toContain('Account 111122223333 lacks a right to activate these cost allocation tags:');
    expect(out).not.toMatch(/is a member and may not|LimitExceeded/);
  });

  test('is said to be unread when AWS refuses, and the test alert is sent all the same', async () => {
    account = await startAlertAccount(ALL);
    account.refusals.push({ action: 'DescribeBudget', code: 'AccessDeniedException', status: 400 });
    account.refusals.push({ action: 'GetParameter', code: 'AccessDeniedException', status: 400 });
    const { code, out } = await alertTest();
    expect(code).toBe(0);
    expect(out).toContain('What the budget has counted could not be read: AccessDeniedException');
    expect(out).toContain('The state of the tags could not be read: AccessDeniedException');
    expect(out).toContain('A budget over tags counts $0');
    expect(account.published).toHaveLength(1);
  });
});
