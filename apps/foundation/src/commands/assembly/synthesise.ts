import { dirname, join, relative } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { closest, distance } from 'fastest-levenshtein';
import { CommandError, EXIT } from '../../command-error';
import { type Foundation, loadFoundation } from '../../config';
import { say } from '../../report/terminal';
import { buildApp } from '../../stacks/build-app';
import { parseStageStackName } from '../../stacks/stack-names';
import { annotationsOf } from './annotations';

/** A stage whose stacks are synthesised. */
export interface SynthesisedStage {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  /** Folder of the assembly. */
  readonly assembly: string;
  /** Stacks of the stage, in the order of their deployment. */
  readonly stageStacks: readonly string[];
  /** Stacks that the account has once. */
  readonly accountStacks: readonly string[];
  /** What constructs have to say, one line each. */
  readonly annotations: readonly string[];
}

/** A stage of a checked configuration, and where it lies. */
export interface ChosenStage {
  readonly foundation: Foundation;
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  /** Region of the account's cost stacks. */
  readonly costRegion: string;
  /** Qualifier of the account's bootstrap. */
  readonly qualifier: string;
}

/** Loads the configuration and finds the stage that is meant. */
export async function loadStage(configFile: string, name: string | undefined): Promise<ChosenStage> {
  const foundation = await loadFoundation(configFile);
  return stageOf(foundation, chooseStage(foundation, name));
}

/** The same for every stage. */
export async function loadStages(configFile: string): Promise<ChosenStage[]> {
  const foundation = await loadFoundation(configFile);
  return Object.keys(foundation.stages).map((name) => stageOf(foundation, name));
}

/** A stage by its name. */
export function stageOf(foundation: Foundation, stage: string): ChosenStage {
  const { account, region } = foundation.stages[stage] as Foundation['stages'][string];
  const { cost, bootstrap } = foundation.accounts[account] as Foundation['accounts'][string];
  return { foundation, stage, account, region, costRegion: cost.region, qualifier: bootstrap.qualifier };
}

/** The stage that is meant: the one that is named, or the only one there is. */
export function chooseStage({ stages }: Foundation, name: string | undefined): string {
  const known = Object.keys(stages);
  if (name === undefined) {
    if (known.length === 1) return known[0] as string;
    throw new CommandError(`Name a stage with --stage: ${known.join(', ')}.`, EXIT.usage);
  }
  if (Object.hasOwn(stages, name)) return name;
  const nearest = closest(name, known);
  const suggestion = distance(name, nearest) <= 2 ? ` Did you mean ${nearest}?` : '';
  throw new CommandError(
    `There is no stage ${name}. The configuration has: ${known.join(', ')}.${suggestion}`,
    EXIT.usage,
  );
}

/** How a stage is synthesised. */
export interface SynthesisOptions {
  /** Whether the templates are validated, which takes seconds: they need not be where nothing is deployed. @default true */
  readonly isValidated?: boolean;
}

/** Synthesises one stage. */
export function synthesise(
  { foundation, stage, account, region }: ChosenStage,
  configFile: string,
  { isValidated }: SynthesisOptions = {},
): SynthesisedStage {
  const outdir = join(dirname(configFile), 'cdk.out', stage);
  say(`Synthesising stage ${stage} …`);
  const start = performance.now();
  const { stacks } = withoutLookups(buildApp(foundation, stage, outdir, isValidated).synth());
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`${stacks.length} stacks in ${relative(process.cwd(), outdir)} (${seconds} s)`);
  const names = stacks.map(({ stackName }) => stackName);
  const isOfStage = (stackName: string) => parseStageStackName(stackName)?.stage === stage;
  return {
    stage,
    account,
    region,
    assembly: outdir,
    stageStacks: names.filter(isOfStage),
    accountStacks: names.filter((stackName) => !isOfStage(stackName)),
    annotations: annotationsOf(stacks),
  };
}

/** What is deployed depends on the configuration alone, never on a context lookup. */
function withoutLookups(assembly: CloudAssembly): CloudAssembly {
  const missing = assembly.manifest.missing ?? [];
  if (missing.length === 0) return assembly;
  throw new CommandError(
    `The stacks need context lookups in the account: ${missing.map(({ key }) => key).join(', ')}. State the values in the configuration.`,
  );
}
