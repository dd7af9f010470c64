import type { Command } from 'commander';
import { print, say } from '../report/terminal';
import { loadStage, loadStages, synthesise } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';

/** Synthesises one stage, or all. */
async function synth({ config, stage, json }: CommonOptions & { readonly json?: boolean }): Promise<number> {
  const chosen = stage === undefined ? await loadStages(config) : [await loadStage(config, stage)];
  const stages = chosen.map((one) => synthesise(one, config));
  // Other commands leave that to the CDK CLI.
  for (const line of stages.flatMap(({ annotations }) => annotations)) say(line);
  if (json) print(JSON.stringify({ stages }, null, 2));
  else for (const { stageStacks, accountStacks } of stages) print([...stageStacks, ...accountStacks].join('\n'));
  return 0;
}

export function addSynth(program: Command, end: End): void {
  const description = 'write the CloudFormation templates of a stage; needs no account';
  addCommand(program, 'synth', description, 'default: every stage')
    .option('--json', 'print the stages with their stacks and assemblies as JSON')
    .action(async (options) => end(await synth(options)));
}
