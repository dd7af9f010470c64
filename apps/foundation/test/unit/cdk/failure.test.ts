import { expect, test } from 'vitest';
import { describeFailure, type FailedCommand } from '../../../src/commands/cdk/failure';
import { FAILED_UPDATE } from './failed-update';

const DONE = 'UserMetrics-dev-Access, UserMetrics-CostReports are deployed.';

function described(log: string, failed: Partial<FailedCommand> = {}): string[] {
  return describeFailure({
    command: 'deploy',
    stage: 'dev',
    exitCode: 1,
    log,
    regionOf: () => 'eu-west-1',
    ...failed,
  });
}

test('names the first resource that failed, its reason in a sentence, what was rolled back, and the next command', () => {
  expect(described(FAILED_UPDATE)).toEqual([
    'Stack UserMetrics-dev-Database failed at UmamiDatabase/Resource/Default (Custom::UmamiDatabase): Schema application exists and has no ownership comment: nothing was changed. Choose another schema for UserMetrics-dev-Database/dev with `schemaName`, or adopt it with `adopt` if it is an Umami.',
    `CloudFormation rolled the stack back to its state before. ${DONE}`,
    'To fix it: remove the cause, then run npx projen deploy --stage dev',
  ]);
});

test('a resource that was cancelled because another one failed is not the first, and one that is skipped is none', () => {
  const event = (status: string, reason: string) =>
    `UserMetrics-dev-Database | 10/16 | 10:17:38 PM | ${status} | AWS::SQS::Queue | Queue (Queue4A7E3555) ${reason}\n`;
  const others = event('CREATE_FAILED', 'Resource creation cancelled') + event('DELETE_FAILED (skipped)', '');
  expect(described(FAILED_UPDATE.replace(/(?=UserMetrics-dev-Database \| 10\/16)/, others))[0]).toContain(
    'failed at UmamiDatabase/Resource/Default',
  );
});

test.each([
  [
    'what CloudFormation wraps around it',
    'Resource handler returned message: "The subnet\nhas no address. (Service: Lambda, Status Code: 400)" (RequestToken: 1-2, HandlerErrorCode: InvalidRequest)',
    'The subnet has no address. (Service: Lambda, Status Code: 400)',
  ],
  [
    'what CloudFormation says of a custom resource',
    'Received response status [FAILED] from custom resource. Message returned: Error: no way in\n\nLogs: /aws/lambda/f\n\n    at f (index.js:1:1) (RequestId: 1-2)',
    'no way in',
  ],
  ['nothing', '', 'CloudFormation gives no reason'],
])('takes the sentence out of a reason: %s', (_, reason, sentence) => {
  const log = `S |  1/16 | 22:17:39 | CREATE_FAILED | AWS::SQS::Queue | Queue (Queue4A7E3555) ${reason}`;
  expect(described(log)[0]).toBe(`Stack S failed at Queue (AWS::SQS::Queue): ${sentence}`);
});

test.each([
  ['ROLLBACK_COMPLETE', 'CloudFormation rolled the stack back: what it had created is deleted.'],
  [
    'UPDATE_ROLLBACK_FAILED',
    'Before the next deployment: aws cloudformation continue-update-rollback --region eu-west-1 --stack-name UserMetrics-dev-Database.',
  ],
  [
    'ROLLBACK_FAILED',
    'Before the next deployment: aws cloudformation delete-stack --region eu-west-1 --stack-name UserMetrics-dev-Database.',
  ],
  ['DELETE_FAILED', 'The stack stays with what could not be deleted.'],
  ['UPDATE_FAILED', 'Nothing was rolled back: the stack is UPDATE_FAILED.'],
])('after %s it says what that means', (status, sentence) => {
  const log = FAILED_UPDATE.replaceAll('| UPDATE_ROLLBACK_COMPLET', `| ${status}`);
  expect(described(log)[1]).toContain(sentence);
});

test('without a stack event it gives the error of the CDK CLI', () => {
  const cause = '‣ DeploymentError: Failed to create change set x: Template error\n  in line 3\n\nmore';
  expect(described(`❌  UserMetrics-dev-Network failed to deploy\n${cause}`)).toEqual([
    'Stack UserMetrics-dev-Network failed: Failed to create change set x: Template error in line 3',
    'To fix it: remove the cause, then run npx projen deploy --stage dev',
  ]);
  expect(described('Unable to resolve AWS account', { command: 'destroy' })).toEqual([
    'The CDK CLI ended with exit code 1 before CloudFormation changed a stack; its message stands above.',
    'To fix it: remove the cause, then run npx projen destroy --stage dev',
  ]);
});

test('an interruption is none of the configuration', () => {
  expect(described(FAILED_UPDATE, { exitCode: 130 })).toEqual([
    'Interrupted. CloudFormation completes what it has begun. When it is done: npx projen deploy --stage dev',
  ]);
});
