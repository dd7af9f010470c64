import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Command } from 'commander';
import { requireCredentials } from '../account/require-account';
import { EXIT } from '../command-error';
import type { PlannedStage } from '../preflight/check';
import { type PreflightReport, renderPreflight } from '../preflight/report';
import { preflight } from '../preflight/run';
import { print, say } from '../report/terminal';
import { type ChosenStage, loadStage, type SynthesisedStage, synthesise } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';

/** Checks whether a deployment would succeed; 1 when something would keep it from that. */
async function runPreflight({ json, config, stage }: CommonOptions & { readonly json?: boolean }): Promise<number> {
  const chosen = await loadStage(config, stage);
  await requireCredentials('preflight', chosen);
  const report = await preflightOf({ ...chosen, ...synthesise(chosen, config) });
  print(json ? JSON.stringify(report, null, 2) : renderPreflight(report, process.stdout.isTTY ?? false));
  return report.findings.some(({ state }) => state === 'failure') ? EXIT.failed : 0;
}

/** Runs the checks over a synthesised stage, with progress. */
export async function preflightOf(target: ChosenStage & SynthesisedStage): Promise<PreflightReport> {
  const { account, region, stage } = target;
  let done = 0;
  const findings = await preflight(plannedStage(target), (title, count) => {
    done += 1;
    if (process.stderr.isTTY) say(`[${done}/${count}] ${title}`);
  });
  return { account, region, stage, findings: [...findings] };
}

/** What is planned for a stage, as the checks take it. */
export function plannedStage(target: ChosenStage & Pick<SynthesisedStage, 'assembly'>): PlannedStage {
  const { account: id, region, costRegion, qualifier, stage, foundation, assembly } = target;
  const stacks = new CloudAssembly(assembly).stacks.map((stack) => ({
    name: stack.stackName,
    region: stack.environment.region,
    bootstrapVersion: stack.requiresBootstrapStackVersion ?? 0,
    template: stack.template,
  }));
  return { id, region, costRegion, qualifier, stage, config: { foundation }, stacks };
}

export function addPreflight(program: Command, end: End): void {
  addCommand(program, 'preflight', 'check whether a deployment would succeed and be safe; changes nothing')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      '\nExit code 1 when a finding is a failure. What may not be read is unknown, with the IAM action that is missing.',
    )
    .action(async (options) => end(await runPreflight(options)));
}
