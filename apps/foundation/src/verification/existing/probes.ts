import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import type { Stage } from '../../config';

/** Health probes that the configuration may name. */
export type ProbeName = keyof NonNullable<Stage['probes']>;

/** What a health probe gave. */
export interface ObservedProbe {
  readonly wrong: readonly string[];
  readonly evidence: string;
}

/** Time for the answer of a URL, in milliseconds. */
const TIMEOUT = 15_000;

/** Characters of what a function says of its failure. */
const SHOWN = 200;

/** Runs a health probe of the configuration; nothing when it names none. */
export async function probe(deployed: DeployedStage, name: ProbeName): Promise<ObservedProbe | undefined> {
  const target = stageOf(deployed).probes?.[name];
  if (target === undefined) return undefined;
  const start = performance.now();
  const wrong = name === 'lambda' ? await invoke(deployed, target) : await visit(target);
  const milliseconds = Math.round(performance.now() - start);
  return { wrong, evidence: `${target} answered in ${milliseconds} ms` };
}

/** What the function answers is not kept: it may be anything. */
async function invoke({ aws }: DeployedStage, FunctionName: string): Promise<string[]> {
  const { FunctionError, Payload } = await aws.lambda.invoke({ FunctionName });
  if (!FunctionError) return [];
  return [`${FunctionName} fails (${FunctionError}): ${(Payload?.transformToString() ?? '').slice(0, SHOWN)}`];
}

async function visit(url: string): Promise<string[]> {
  try {
    const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
    return ok ? [] : [`${url} answers with status ${status}`];
  } catch (error) {
    const { message, cause } = error as Error;
    return [`${url} does not answer: ${cause instanceof Error ? cause.message : message}`];
  }
}
