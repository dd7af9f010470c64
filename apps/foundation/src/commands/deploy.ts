import type { Command } from 'commander';
import { budgetTagStatusAfterDeployment } from '../account/budget-tag-status';
import { unconfiguredStages } from '../account/deployed-stages';
import type { Account } from '../config';
import { say } from '../report/terminal';
import { synthesiseForAccount } from './assembly/for-account';
import { changeStacks } from './cdk/run';
import { requireKeptExports } from './exports/kept-exports';
import { addCommand, type ChangeOptions, type End, VERBOSE } from './options';

/**
 * Deploys the stage and the account's own stacks, and says in the end what the budget has counted, and whether its tags are active. A change of what
 * other stacks use is refused before, and stages that are not in the configuration are named.
 */
async function deploy(
  { verbose = false, ...options }: ChangeOptions,
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseForAccount('deploy', options);
  await requireKeptExports(target);
  // Before the deployment: a stage that was renamed would be deployed a second time.
  for (const line of await unconfiguredStages(target.foundation, target)) say(line);
  const exitCode = await changeStacks('deploy', target, ['--all', ...cdkArguments], verbose);
  if (exitCode !== 0) return exitCode;
  const { cost } = target.foundation.accounts[target.account] as Account;
  for (const line of await budgetTagStatusAfterDeployment(target.account, cost)) say(line);
  return 0;
}

export function addDeploy(program: Command, end: End): void {
  addCommand(program, 'deploy', "deploy a stage and the account's own stacks")
    .option('--verbose', VERBOSE)
    .argument('[cdk-arguments...]')
    .action(async (cdkArguments, options) => end(await deploy(options, cdkArguments)));
}
