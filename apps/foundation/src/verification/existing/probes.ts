import { askDatabaseFunction } from '../../account/database-function';
import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import type { Stage } from '../../config';

/** Health probes that the configuration may name. */
export type ProbeName = keyof NonNullable<Stage['probes']>;

/** What a health probe gave. */
export interface ObservedProbe {
  readonly wrong: readonly string[];
  readonly evidence: string;
  /** Why it could not be run. @default - it was */
  readonly unknown?: string;
}

/** Time for the answer of a URL, in milliseconds. */
const TIMEOUT = 15_000;

/** Characters of what a function says of its failure. */
const SHOWN = 200;

/** Runs a health probe of the configuration; nothing when it names none. */
export async function probe(deployed: DeployedStage, name: ProbeName): Promise<ObservedProbe | undefined> {
  const { lambda, url, sql } = stageOf(deployed).probes ?? {};
  if (name === 'lambda') return lambda === undefined ? undefined : timed(lambda, () => invoke(deployed, lambda));
  if (name === 'url') return url === undefined ? undefined : timed(url, () => visit(url));
  return sql === undefined ? undefined : query(deployed, sql);
}

async function timed(target: string, run: () => Promise<string[]>): Promise<ObservedProbe> {
  const start = performance.now();
  const wrong = await run();
  return { wrong, evidence: `${target} answered in ${Math.round(performance.now() - start)} ms` };
}

type SqlProbe = NonNullable<NonNullable<Stage['probes']>['sql']>;

async function query(deployed: DeployedStage, { databaseRole, statement }: SqlProbe): Promise<ObservedProbe> {
  const answer = await askDatabaseFunction(deployed, 'probe');
  const { rows, milliseconds, refused, failure, server } = answer;
  if (answer.databaseRole !== databaseRole || answer.statement !== statement) {
    const unknown = `another statement is deployed than probes.sql names. Run: npx projen deploy --stage ${deployed.stage}`;
    return { wrong: [], evidence: '', unknown };
  }
  const asRole = `the statement of probes.sql as database role ${databaseRole}`;
  if (refused !== null) {
    const unknown = `${asRole} was not run: ${refused}. Run as its owner: grant "${databaseRole}" to <administrator>`;
    return { wrong: [], evidence: '', unknown };
  }
  const wrong = failure === null ? [] : [`${asRole} fails: ${failure}`];
  return { wrong, evidence: `${asRole}: ${rows} rows in ${milliseconds} ms, PostgreSQL ${server}` };
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
