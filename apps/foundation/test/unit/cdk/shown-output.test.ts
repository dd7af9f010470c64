import { expect, test } from 'vitest';
import { ShownOutput } from '../../../src/commands/cdk/shown-output';
import { FAILED_UPDATE } from './failed-update';

/** What is shown of an output when each line takes so many seconds. */
function shown(output: string, seconds: number): (string | undefined)[] {
  let now = 0;
  const filter = new ShownOutput(() => {
    now += seconds * 1000;
    return now;
  });
  return output
    .split('\n')
    .map((line) => filter.lineFor(line))
    .filter((line) => line !== undefined);
}

test('of a failed deployment the progress is shown, and neither events nor the log of the function', () => {
  expect(shown(FAILED_UPDATE, 0)).toEqual([
    '✅  UserMetrics-dev-Access',
    'Publishing templates and the code of functions …',
    'UserMetrics-CostReports: deploying (4 of 6) …',
    'UserMetrics-CostReports: 0 of 3 resources',
    '✅  UserMetrics-CostReports',
    'UserMetrics-dev-Database: deploying (5 of 6) …',
    'UserMetrics-dev-Database: 0 of 16 resources',
    'UserMetrics-dev-Database: failed, and is rolled back …',
  ]);
});

test('progress that takes longer is shown again', () => {
  expect(shown(FAILED_UPDATE, 5)).toEqual(
    expect.arrayContaining(['UserMetrics-CostReports: 1 of 3 resources', 'UserMetrics-CostReports: 2 of 3 resources']),
  );
});

test('what is for people is shown as it is: changes that need approval, outputs, warnings; a warning of each role once', () => {
  const role =
    'current credentials could not be used to assume the role, but are for the right account. Proceeding anyway.';
  const forPeople = [
    'Stack UserMetrics-dev-Database',
    'IAM Statement Changes',
    '│ + │ arn:aws:lambda:* │ Allow │ lambda:InvokeFunction │',
    'UserMetrics-dev-Network.ForTheOwner = securityGroupIngress(',
    '  "sg-0123456789abcdef0")',
    '[WARNING] aws-cdk-lib.aws_ec2.Vpc is deprecated.',
    role,
  ];
  expect(shown([...forPeople, role, 'UserMetrics-dev-Network.ExportsOutputRef1 = x'].join('\n'), 0)).toEqual(forPeople);
});

test('after a failure another stack is shown again; a deletion has no total', () => {
  const event = 'UserMetrics-dev-Storage |   1 | 10:17:39 PM | DELETE_COMPLETE | AWS::IAM::Policy | Use (Use1)';
  expect(shown(`❌  A failed\nlog\n✅  B\nstays\n${event}`, 0)).toEqual([
    '✅  B',
    'stays',
    'UserMetrics-dev-Storage: 1 resources',
  ]);
});
