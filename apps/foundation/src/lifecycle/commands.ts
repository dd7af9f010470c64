import { otherStages, requireAccount } from './account';
import { runCdk } from './cdk';
import { LifecycleError } from './lifecycle-error';
import { type SynthesisedStage, synthesiseAll, synthesiseStage } from './synthesise';
import { print, say } from './terminal';

/** Options that every command takes. */
export interface CommonOptions {
  readonly config: string;
  readonly stage?: string;
}

/** Synthesises one stage, or all. */
export async function synth({ config, stage, json }: CommonOptions & { readonly json?: boolean }): Promise<number> {
  const stages = stage === undefined ? await synthesiseAll(config) : [await synthesiseStage(config, stage)];
  if (json) print(JSON.stringify({ stages }, null, 2));
  else for (const { stageStacks, accountStacks } of stages) print([...stageStacks, ...accountStacks].join('\n'));
  return 0;
}

/** Shows what a deployment would change. */
export async function diff({ config, stage }: CommonOptions, cdkArguments: readonly string[]): Promise<number> {
  const target = await synthesiseStage(config, stage);
  await requireAccount('diff', target);
  return runCdk('diff', target.assembly, cdkArguments);
}

/** Deploys the stage and the account's own stacks. */
export async function deploy({ config, stage }: CommonOptions, cdkArguments: readonly string[]): Promise<number> {
  const target = await synthesiseStage(config, stage);
  await requireAccount('deploy', target);
  return runCdk('deploy', target.assembly, ['--all', ...cdkArguments]);
}

/** Removes the stage's stacks; the account's own stay unless they are asked for and nobody else needs them. */
export async function destroy(
  { config, stage, accountStacks }: CommonOptions & { readonly accountStacks?: boolean },
  cdkArguments: readonly string[],
): Promise<number> {
  const target = await synthesiseStage(config, stage);
  await requireAccount('destroy', target);
  if (accountStacks) await requireLastStage(target);
  else say(`The account's own stacks stay: ${target.accountStacks.join(', ')} (--account-stacks removes them).`);
  const stacks = [...target.stageStacks, ...(accountStacks ? target.accountStacks : [])];
  return runCdk('destroy', target.assembly, [...stacks, ...cdkArguments]);
}

async function requireLastStage(target: SynthesisedStage): Promise<void> {
  const others = await otherStages(target.stage, target);
  if (others.length === 0) return;
  throw new LifecycleError(
    `The account's own stacks cannot go: ${others.join(', ')} still ${others.length === 1 ? 'has' : 'have'} stacks in account ${target.account}. Destroy ${others.length === 1 ? 'that stage' : 'those stages'} first, or leave out --account-stacks.`,
  );
}
