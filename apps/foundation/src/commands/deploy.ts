import type { Command } from 'commander';
import { budgetTagStatusAfterDeployment } from '../account/budget-tag-status';
import { unconfiguredStages } from '../account/deployed-stages';
import { once } from '../account/recorded-calls';
import { EXIT } from '../command-error';
import type { Account } from '../config';
import { say } from '../report/terminal';
import { type SnapshotFile, snapshotFolder } from '../snapshot/files';
import { synthesiseForAccount } from './assembly/for-account';
import type { ChosenStage } from './assembly/synthesise';
import { changeStacks } from './cdk/run';
import { requireKeptExports } from './exports/kept-exports';
import { addCommand, type ChangeOptions, type End, VERBOSE } from './options';
import { compared } from './steps/compared';
import { begin, end as endDeployment, interrupted } from './steps/deployment-in-progress';
import { fetchFirstCapture } from './steps/fetch-first-capture';
import { requirePreflight } from './steps/require-preflight';
import { summaryOf } from './steps/summary';
import { verified } from './steps/verified';
import { writeSnapshot } from './steps/write-snapshot';

interface DeployOptions extends ChangeOptions {
  readonly skipPreflight?: boolean;
  readonly skipVerify?: boolean;
}

const NOT_VERIFIED = { lines: [], failed: 0 };

/**
 * Deploys the stage and the account's own stacks when the checks of preflight find no failure, and proves what it changed of
 * others: existing resources are read before and after. Then verifies every criterion. A change of what other stacks use is
 * refused before, and stages that are not in the configuration are named.
 */
async function deploy(
  { verbose = false, skipPreflight = false, skipVerify = false, ...options }: DeployOptions,
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseForAccount('deploy', options);
  if (!skipPreflight) await requirePreflight(target);
  else for (const line of await unconfiguredStages(target.foundation, target)) say(line);
  await requireKeptExports(target);
  const folder = snapshotFolder(options.config, target);
  const before = await snapshotBefore(folder, target, options.config);
  const exitCode = await changeStacks('deploy', target, ['--all', ...cdkArguments], verbose);
  if (exitCode !== 0) return exitCode;
  const after = once(() => writeSnapshot(target, options.config));
  const ofDatabase = await fetchFirstCapture(target, folder, before.snapshot.beforeFirstDeployment);
  const { lines, unannounced } = compared(before, await after());
  endDeployment(folder);
  const { cost } = target.foundation.accounts[target.account] as Account;
  const criteria = skipVerify
    ? NOT_VERIFIED
    : await verified(target, options.config, async () => (await after()).snapshot);
  const ofTags = await budgetTagStatusAfterDeployment(target.account, cost);
  // The file of the capture says everything that it could not read.
  const changes = [...lines, ...ofDatabase.slice(0, 2)];
  const found = { stage: target.stage, changes, criteria: criteria.lines, tags: ofTags, unannounced };
  for (const line of summaryOf(found)) say(line);
  return unannounced + criteria.failed === 0 ? 0 : EXIT.failed;
}

/** A deployment that was interrupted is compared with the snapshot before it: a new one would hold what it has changed. */
async function snapshotBefore(folder: string, target: ChosenStage, config: string): Promise<SnapshotFile> {
  const before = interrupted(folder, new Date());
  if (before) {
    say(
      `Continues the deployment that began at ${before.snapshot.takenAt}, and compares with the snapshot of that time.`,
    );
    return before;
  }
  const taken = await writeSnapshot(target, config);
  begin(folder, taken);
  return taken;
}

export function addDeploy(program: Command, end: End): void {
  addCommand(program, 'deploy', "deploy a stage and the account's own stacks")
    .option('--skip-preflight', 'deploy without the checks of preflight, which stop at a failure')
    .option('--skip-verify', 'deploy without verifying the criteria afterwards')
    .option('--verbose', VERBOSE)
    .argument('[cdk-arguments...]')
    .addHelpText(
      'after',
      '\nExit code 1 also when a criterion fails afterwards, or when something changed meanwhile that the configuration does not announce.',
    )
    .action(async (cdkArguments, options) => end(await deploy(options, cdkArguments)));
}
