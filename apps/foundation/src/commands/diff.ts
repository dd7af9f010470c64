import type { Command } from 'commander';
import { unconfiguredStages } from '../account/deployed-stages';
import { print, say } from '../report/terminal';
import { synthesiseForAccount } from './assembly/for-account';
import { runCdk } from './cdk/run';
import { addCommand, type CommonOptions, type End } from './options';
import { planInWords, planOf } from './planned/plan';

/** Exit codes above it are those of a command that a signal ended: nobody waits for more. */
const BY_SIGNAL = 128;

/** Shows what a deployment would change: of others, of the price, and, by the CDK CLI, of the stacks. */
async function diff(
  { json, ...options }: CommonOptions & { readonly json?: boolean },
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseForAccount('diff', options);
  if (json) {
    print(JSON.stringify(await planOf(target), null, 2));
    return 0;
  }
  const lines = await planOf(target).then(
    (plan) => planInWords(target, plan),
    (error: Error) => [`What would change outside of these stacks could not be read: ${error.message}`],
  );
  for (const line of lines) say(line);
  const exitCode = await runCdk('diff', target.assembly, cdkArguments);
  if (exitCode > BY_SIGNAL) return exitCode;
  for (const line of await unconfiguredStages(target.foundation, target)) say(line);
  return exitCode;
}

export function addDiff(program: Command, end: End): void {
  addCommand(program, 'diff', 'show what a deployment would change')
    .option('--json', 'print what changes outside of the stacks and of the price as JSON, without the CDK CLI')
    .argument('[cdk-arguments...]')
    .action(async (cdkArguments, options) => end(await diff(options, cdkArguments)));
}
