import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Command } from 'commander';
import { deployedStages, unconfiguredIn } from '../account/deployed-stages';
import { projectOf } from '../account/stack-project';
import { CommandError } from '../command-error';
import { say } from '../report/terminal';
import { snapshotFolder } from '../snapshot/files';
import { synthesiseForAccount } from './assembly/for-account';
import type { ChosenStage, SynthesisedStage } from './assembly/synthesise';
import { changeStacks } from './cdk/run';
import { addCommand, type ChangeOptions, type End, VERBOSE } from './options';
import { end as endDeployment } from './steps/deployment-in-progress';

/** Removes the stage's stacks; the account's own stay unless they are asked for and nobody else needs them. */
async function destroy(
  { accountStacks, verbose = false, ...options }: ChangeOptions & { readonly accountStacks?: boolean },
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseForAccount('destroy', options, { isValidated: false });
  if (accountStacks) await requireLastStage(target);
  else say(`The account's own stacks stay: ${target.accountStacks.join(', ')} (--account-stacks removes them).`);
  const stacks = [...target.stageStacks, ...(accountStacks ? target.accountStacks : [])];
  await requireOwnProject(target, stacks);
  const exitCode = await changeStacks('destroy', target, [...stacks, ...cdkArguments], verbose);
  // A deployment that failed before is not continued any more.
  if (exitCode === 0) endDeployment(snapshotFolder(options.config, target));
  return exitCode;
}

/** Another configuration of the account may have a stage of the same name: `preflight` refuses it before a deployment. */
async function requireOwnProject({ foundation, region, costRegion }: ChosenStage, stacks: readonly string[]) {
  const { project } = foundation.tags;
  for (const place of new Set([region, costRegion])) {
    const client = new CloudFormationClient({ region: place });
    for (const stack of stacks) {
      const other = await projectOf(stack, client);
      if (other === undefined || other === project) continue;
      throw new CommandError(
        `${stack} in ${place} belongs to project ${other}, and the configuration is of ${project}: nothing is destroyed. See docs/several-regions-and-applications.md. If only \`project\` was renamed, deploy once with --skip-preflight.`,
      );
    }
  }
}

/** Alarms of another stage publish to the topic of the account, and its budget counts that stage. */
async function requireLastStage(target: ChosenStage & SynthesisedStage): Promise<void> {
  const names = [...(await deployedStages(target)).keys()];
  // The stages of another project have neither in common with this one.
  const ofOthers = (await unconfiguredIn(target.foundation, target)).filter(({ project }) => project !== undefined);
  const others = names.filter((name) => name !== target.stage && !ofOthers.some(({ stage }) => stage === name));
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
