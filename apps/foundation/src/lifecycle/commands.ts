import { otherStages, requireAccount } from './account';
import { runCdk } from './cdk';
import { LifecycleError } from './lifecycle-error';
import { loadStage, loadStages, type SynthesisedStage, synthesise } from './synthesise';
import { print, say } from './terminal';

/** Options that every command takes. */
export interface CommonOptions {
  readonly config: string;
  readonly stage?: string;
}

/** Synthesises one stage, or all. */
export async function synth({ config, stage, json }: CommonOptions & { readonly json?: boolean }): Promise<number> {
  const chosen = stage === undefined ? await loadStages(config) : [await loadStage(config, stage)];
  const stages = chosen.map((one) => synthesise(one, config));
  if (json) print(JSON.stringify({ stages }, null, 2));
  else for (const { stageStacks, accountStacks } of stages) print([...stageStacks, ...accountStacks].join('\n'));
  return 0;
}

/** Shows what a deployment would change. */
export async function diff(options: CommonOptions, cdkArguments: readonly string[]): Promise<number> {
  const { assembly } = await synthesiseForAccount('diff', options);
  return runCdk('diff', assembly, cdkArguments);
}

/** Deploys the stage and the account's own stacks. */
export async function deploy(options: CommonOptions, cdkArguments: readonly string[]): Promise<number> {
  const { assembly } = await synthesiseForAccount('deploy', options);
  return runCdk('deploy', assembly, ['--all', ...cdkArguments]);
}

/** Removes the stage's stacks; the account's own stay unless they are asked for and nobody else needs them. */
export async function destroy(
  { accountStacks, ...options }: CommonOptions & { readonly accountStacks?: boolean },
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseForAccount('destroy', options);
  if (accountStacks) await requireLastStage(target);
  else say(`The account's own stacks stay: ${target.accountStacks.join(', ')} (--account-stacks removes them).`);
  const stacks = [...target.stageStacks, ...(accountStacks ? target.accountStacks : [])];
  return runCdk('destroy', target.assembly, [...stacks, ...cdkArguments]);
}

/** The account is asked first: without it the templates are of no use. */
async function synthesiseForAccount(command: string, { config, stage }: CommonOptions): Promise<SynthesisedStage> {
  const chosen = await loadStage(config, stage);
  await requireAccount(command, chosen);
  return synthesise(chosen, config);
}

async function requireLastStage(target: SynthesisedStage): Promise<void> {
  const others = await otherStages(target.stage, target);
  if (others.length === 0) return;
  throw new LifecycleError(
    `The account's own stacks cannot go: ${others.join(', ')} still ${others.length === 1 ? 'has' : 'have'} stacks in account ${target.account}. Destroy ${others.length === 1 ? 'that stage' : 'those stages'} first, or leave out --account-stacks.`,
  );
}
