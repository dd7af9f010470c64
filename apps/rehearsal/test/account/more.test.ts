import { physicalIdOf, stackResources } from '@user-metrics/foundation/account';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { type AccountCheck, criteriaOf } from '../../lib/src/account/checks/account-check';
import { APPLICATION_FUNCTIONS } from '../../lib/src/account/existing-application/functions';
import { CHANGE_ONLY, runFoundation } from '../../lib/src/account/foundation-command';
import { runCheck } from '../../lib/src/account/observations';
import { operator } from '../../lib/src/account/rights/operator';
import { alertTest } from '../../lib/src/account/work/alert-test';
import { logExport } from '../../lib/src/account/work/log-export';
import type { RehearsalContext } from '../../lib/src/context';
import { withChange, withMoreAskedFor } from '../../lib/src/steps/account/change';
import { deployAgain } from '../../lib/src/steps/account/deploy';
import { recordings, withBucketPolicy } from './changes';
import { contextOf, evidenceOf } from './context';
import { reopen } from './plain-account';

// What is there on request only, deployed for these tests, and what goes on working after the deployment.

const [recordingsAccess, budget] = criteriaOf('1.3.AC4', '1.4.AC1') as [AccountCheck, AccountCheck];
const OPTIONS = { signal: new AbortController().signal, onProgress: () => {} };

let account: Account;
let plain: Account;
/** Of the step that deploys once more, and expects that nothing changes. */
let again: RehearsalContext;
beforeAll(async () => {
  plain = await reopen(inject('account'));
  account = withMoreAskedFor(plain);
  again = contextOf(account);
  await deployAgain(again, () => {});
  // A log group of a function comes with its first call.
  for (const FunctionName of Object.keys(APPLICATION_FUNCTIONS)) await account.aws.lambda.invoke({ FunctionName });
});
afterAll(() =>
  runFoundation(
    withChange(plain, () => {}),
    'deploy',
    OPTIONS,
    CHANGE_ONLY,
  ),
);

const wrongIn = async (check: AccountCheck, of = account) => (await runCheck(check, of)).wrong.join('; ');
const archive = async () =>
  (await stackResources(account)).find(
    ({ type, logicalId }) => type === 'AWS::S3::Bucket' && logicalId.startsWith('LogArchive'),
  )?.physicalId ?? '';

test('lifecycle.again fails when the configuration was changed in between', () => {
  const updated = ['Cost', 'CostReports', 'dev-Access', 'dev-Database', 'dev-Network', 'dev-Storage'];
  const evidence = updated.map((stack) => `UserMetrics-${stack} was updated`).join('; ');
  expect(evidenceOf(again, 'lifecycle.again')).toBe(evidence);
});

describe('an operator', () => {
  test('finds and deletes a recording, and writes none', async () => {
    expect([await wrongIn(operator), await wrongIn(recordingsAccess)]).toEqual(['', '']);
  });

  test('fails: the bucket refuses the role', async () => {
    const task = (statement: Record<string, unknown>) =>
      statement['Sid'] === 'RecordingsForTheTaskRoleOnly'
        ? {
            ...statement,
            Condition: {
              ArnNotEquals: {
                'aws:PrincipalArn': [
                  Object(Object(statement['Condition'])['ArnNotEquals'])['aws:PrincipalArn'],
                ].flat()[0],
              },
            },
          }
        : statement;
    const restore = await withBucketPolicy(account, await recordings(account), (statements) => statements.map(task));
    try {
      expect(await wrongIn(operator)).toMatch(/^it cannot read a recording: .*; it cannot delete a recording: /);
      expect(await wrongIn(recordingsAccess)).toMatch(
        /^the list of who is let in lacks arn:aws:iam::\d+:role\/shop-privacy$/,
      );
    } finally {
      await restore();
    }
  });
});

test('the budget of the stage has its own limit, and alerts that reach the topic', async () => {
  expect(await wrongIn(budget)).toBe('');
  const { budgets } = account.aws;
  const AccountId = account.id;
  const { Budgets = [] } = await budgets.describeBudgets({ AccountId, ShowFilterExpression: true });
  const ofStage = Budgets.find(({ FilterExpression }) => FilterExpression);
  await budgets.updateBudget({
    AccountId,
    NewBudget: { ...ofStage, BudgetLimit: { Amount: '7', Unit: 'USD' } } as never,
  });
  expect(await wrongIn(budget)).toBe('the limit of the budget of stage dev is 7 USD MONTHLY');
  await budgets.updateBudget({ AccountId, NewBudget: ofStage as never });
});

// One after the other: Logs keeps its tasks, and the function knows by them what is exported.
test('the export brings a day into the archive once; it fails where Logs may not write, and where its notes are ahead', async () => {
  const { aws } = account;
  const Bucket = await archive();
  const restore = await withBucketPolicy(account, Bucket, (all) => all.filter(({ Effect }) => Effect === 'Deny'));
  expect(await wrongIn(logExport).finally(restore)).toMatch(
    /^it could not be .*GetBucketAcl call on the given bucket failed/,
  );
  expect(await wrongIn(logExport)).toBe('');
  await aws.s3.putObject({ Bucket, Key: progressKey(), Body: JSON.stringify({ exportedThrough: '2999-01-01' }) });
  expect(await wrongIn(logExport)).toMatch(
    /^the first run exports nothing; .*the run without its notes detects \d{4}-/,
  );
});

const progressKey = () => {
  const [group = ''] = account.config.foundation.stages[account.stage]?.storage.logArchive?.exportLogGroups ?? [];
  return `progress/${encodeURIComponent(group)}.json`;
};

describe('alert-test', () => {
  test('sends a test alert, and tells who is pending, unsubscribed and asked again', async () => {
    expect(await wrongIn(alertTest(OPTIONS))).toBe('');
  });

  test('fails: an address of the configuration is not subscribed', async () => {
    const more = withChange(account, (_, { accounts }) => {
      accounts[account.id]?.cost.emails.push('cto@example.com');
    });
    expect(await wrongIn(alertTest(OPTIONS), more)).toMatch(/^after the test alert cto@example\.com is unsubscribed/);
    withChange(account, () => {});
    // It was asked to confirm.
    const { sns } = account.aws;
    const TopicArn = await physicalIdOf(account, 'AWS::SNS::Topic');
    const asked = { TopicArn, Protocol: 'email', Endpoint: 'cto@example.com', ReturnSubscriptionArn: true };
    await sns.unsubscribe({ SubscriptionArn: (await sns.subscribe(asked)).SubscriptionArn });
  });

  test('fails: nobody may publish', async () => {
    const { sns } = account.aws;
    const TopicArn = await physicalIdOf(account, 'AWS::SNS::Topic');
    const { Attributes } = await sns.getTopicAttributes({ TopicArn });
    const before = Attributes?.['Policy'] ?? '';
    const deny = { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TopicArn };
    const put = (AttributeValue: string) =>
      sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue });
    await put(JSON.stringify({ Version: '2012-10-17', Statement: [deny] }));
    try {
      expect(await wrongIn(alertTest(OPTIONS))).toMatch(/alert-test was refused by AWS/);
    } finally {
      await put(before);
    }
  });
});
