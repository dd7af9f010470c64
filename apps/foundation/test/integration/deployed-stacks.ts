import { expect } from 'vitest';

/** Stacks of an account: of a stage that the configuration does not have, of one that it has, and of others. */
export const DEPLOYED_STACKS = [
  'UserMetrics-old-Network',
  'UserMetrics-dev-Network',
  'UserMetrics-old-Storage',
  'SomebodyElse-x-Network',
];

/** That a command names the stage that the configuration does not have, with what deletes it, and no other one. */
export function expectOldStageNamed(error: string): void {
  expect(error).toContain(
    'Stage old has 2 stacks in account 111122223333, us-east-1, and this configuration does not have it there',
  );
  const which = (stack: string) => `--region us-east-1 --stack-name UserMetrics-old-${stack}`;
  const commands = ['Storage', 'Network'].map(
    (stack) =>
      `    aws cloudformation delete-stack ${which(stack)} && aws cloudformation wait stack-delete-complete ${which(stack)}`,
  );
  expect(error).toContain(commands.join('\n'));
  expect(error).not.toContain('Stage dev has');
  expect(error).not.toContain('Stage x has');
}
