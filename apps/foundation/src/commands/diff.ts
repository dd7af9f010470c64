import type { Command } from 'commander';
import { unconfiguredStages } from '../account/deployed-stages';
import { say } from '../report/terminal';
import { synthesiseForAccount } from './assembly/for-account';
import { runCdk } from './cdk/run';
import { addCommand, type CommonOptions, type End } from './options';

/** Exit codes above it are those of a command that a signal ended: nobody waits for more. */
const BY_SIGNAL = 128;

/** Shows what a deployment would change. */
async function diff(options: CommonOptions, cdkArguments: readonly string[]): Promise<number> {
  const target = await synthesiseForAccount('diff', options);
  const exitCode = await runCdk('diff', target.assembly, cdkArguments);
  if (exitCode > BY_SIGNAL) return exitCode;
  for (const line of await unconfiguredStages(target.foundation, target)) say(line);
  return exitCode;
}

export function addDiff(program: Command, end: End): void {
  addCommand(program, 'diff', 'show what a deployment would change')
    .argument('[cdk-arguments...]')
    .action(async (cdkArguments, options) => end(await diff(options, cdkArguments)));
}
