import type { Account } from '../config';
import { requireAccount } from './account';
import { budgetTagStatusAfterDeployment } from './alerts/budget-tag-status';
import { changeStacks, runCdk } from './cdk/run';
import { deployedStages, unconfiguredStages } from './deployed-stages';
import { requireKeptExports } from './exports/kept-exports';
import { LifecycleError } from './lifecycle-error';
import { type ChosenStage, loadStage, loadStages, type SynthesisedStage, synthesise } from './synthesise';
import { print, say } from './terminal';

/** Exit codes above it are those of a command that a signal ended: nobody waits for more. */
const BY_SIGNAL = 128;

/** Options that every command takes. */
export interface CommonOptions {
  readonly config: string;
  readonly stage?: string;
}

/** Options of the commands that change stacks. */
export interface ChangeOptions extends CommonOptions {
  /** Whether everything that the CDK CLI says is shown. @default false */
  readonly verbose?: boolean;
}

/** Synthesises one stage, or all. */
export async function synth({ config, stage, json }: CommonOptions & { readonly json?: boolean }): Promise<number> {
  const chosen = stage === undefined ? await loadStages(config) : [await loadStage(config, stage)];
  const stages = chosen.map((one) => synthesise(one, config));
  // Other commands leave that to the CDK CLI.
  for (const line of stages.flatMap(({ annotations }) => annotations)) say(line);
  if (json) print(JSON.stringify({ stages }, null, 2));
  else for (const { stageStacks, accountStacks } of stages) print([...stageStacks, ...accountStacks].join('\n'));
  return 0;
}

/** Shows what a deployment would change. */
export async function diff(options: CommonOptions, cdkArguments: readonly string[]): Promise<number> {
  const target = await synthesiseForAccount('diff', options);
  const exitCode = await runCdk('diff', target.assembly, cdkArguments);
  if (exitCode > BY_SIGNAL) return exitCode;
  for (const line of await unconfiguredStages(target.foundation, target)) say(line);
  return exitCode;
}

/**
 * Deploys the stage and the account's own stacks, and says in the end what the budget has counted, and whether its tags are active. A change of what
 * other stacks use is refused before, and stages that are not in the configuration are named.
 */
export async function deploy(
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

/** Removes the stage's stacks; the account's own stay unless they are asked for and nobody else needs them. */
export async function destroy(
  { accountStacks, verbose = false, ...options }: ChangeOptions & { readonly accountStacks?: boolean },
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseForAccount('destroy', options);
  if (accountStacks) await requireLastStage(target);
  else say(`The account's own stacks stay: ${target.accountStacks.join(', ')} (--account-stacks removes them).`);
  const stacks = [...target.stageStacks, ...(accountStacks ? target.accountStacks : [])];
  return changeStacks('destroy', target, [...stacks, ...cdkArguments], verbose);
}

/** The account is asked first: without it the templates are of no use. */
async function synthesiseForAccount(
  command: string,
  { config, stage }: CommonOptions,
): Promise<SynthesisedStage & ChosenStage> {
  const chosen = await loadStage(config, stage);
  await requireAccount(command, chosen);
  return { ...chosen, ...synthesise(chosen, config) };
}

async function requireLastStage(target: SynthesisedStage): Promise<void> {
  const others = [...(await deployedStages(target)).keys()].filter((name) => name !== target.stage);
  if (others.length === 0) return;
  throw new LifecycleError(
    `The account's own stacks cannot go: ${others.join(', ')} still ${others.length === 1 ? 'has' : 'have'} stacks in account ${target.account}. Destroy ${others.length === 1 ? 'that stage' : 'those stages'} first, or leave out --account-stacks.`,
  );
}
