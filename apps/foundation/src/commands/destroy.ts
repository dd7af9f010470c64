import type { Command } from 'commander';
import { deployedStages } from '../account/deployed-stages';
import { CommandError } from '../command-error';
import { say } from '../report/terminal';
import { snapshotFolder } from '../snapshot/files';
import { synthesiseForAccount } from './assembly/for-account';
import type { SynthesisedStage } from './assembly/synthesise';
import { changeStacks } from './cdk/run';
import { addCommand, type ChangeOptions, type End, VERBOSE } from './options';
import { end as endDeployment } from './steps/deployment-in-progress';

/** Removes the stage's stacks; the account's own stay unless they are asked for and nobody else needs them. */
async function destroy(
  { accountStacks, verbose = false, ...options }: ChangeOptions & { readonly accountStacks?: boolean },
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseForAccount('destroy', options);
  if (accountStacks) await requireLastStage(target);
  else say(`The account's own stacks stay: ${target.accountStacks.join(', ')} (--account-stacks removes them).`);
  const stacks = [...target.stageStacks, ...(accountStacks ? target.accountStacks : [])];
  const exitCode = await changeStacks('destroy', target, [...stacks, ...cdkArguments], verbose);
  // A deployment that failed before is not continued any more.
  if (exitCode === 0) endDeployment(snapshotFolder(options.config, target));
  return exitCode;
}

async function requireLastStage(target: SynthesisedStage): Promise<void> {
  const others = [...(await deployedStages(target)).keys()].filter((name) => name !== target.stage);
  if (others.length === 0) return;
  throw new CommandError(
    `The account's own stacks cannot go: ${others.join(', ')} still ${others.length === 1 ? 'has' : 'have'} stacks in account ${target.account}. Destroy ${others.length === 1 ? 'that stage' : 'those stages'} first, or leave out --account-stacks.`,
  );
}

export function addDestroy(program: Command, end: End): void {
  addCommand(program, 'destroy', 'remove the stacks of a stage; recordings and the schema with its data are kept')
    .option('--account-stacks', "remove the account's own stacks too, when no other stage is left")
    .option('--verbose', VERBOSE)
    .argument('[cdk-arguments...]')
    .action(async (cdkArguments, options) => end(await destroy(options, cdkArguments)));
}
