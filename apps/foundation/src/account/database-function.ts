import type { Lambda } from '@aws-sdk/client-lambda';
import { ParameterNotFound } from '@aws-sdk/client-ssm';
import type {
  VerificationAction,
  VerificationAnswers,
  VerificationRequest,
  VerifyAnswer,
} from '@user-metrics/umami-db/verification';
import { CommandError } from '../command-error';
import type { DeployedStage } from './deployed-stage';
import { published } from './published';
import { once } from './recorded-calls';

type Deployed = Pick<DeployedStage, 'aws' | 'stage' | 'listedResources'>;

/** Milliseconds; the function itself answers in two minutes. */
const TIME_LIMIT = 150_000;

/**
 * Asks the function inside the VPC what is in the database. It changes nothing.
 *
 * @throws CommandError when the function is not deployed, older than this command, or fails
 * @throws the error of the SDK when it may not be invoked: see missingRight
 */
export async function askDatabaseFunction<Action extends VerificationAction>(
  deployed: Pick<Deployed, 'aws' | 'stage'>,
  action: Action,
  options: Omit<VerificationRequest, 'action'> = {},
): Promise<VerificationAnswers[Action]> {
  const { aws, stage } = deployed;
  const name = await published(deployed, 'database/verification-function-name').catch((error: Error) => {
    throw error instanceof ParameterNotFound ? notDeployed(stage) : error;
  });
  const answer = await invoke(aws.lambda, name, { ...options, action }).catch((error: Error) => {
    throw error.name === 'ResourceNotFoundException' ? notDeployed(stage) : error;
  });
  if (answer.action === action) return answer as VerificationAnswers[Action];
  throw new CommandError(
    `The database function ${name} does not know ${action}: it is of another version or configuration. Run: npx projen deploy --stage ${stage}`,
  );
}

/** The facts for the criteria of the database: asked once in a run, which is known by its list of resources. */
export function databaseFacts(deployed: Deployed): Promise<VerifyAnswer> {
  const { listedResources: run } = deployed;
  if (!run) return askDatabaseFunction(deployed, 'verify');
  const facts = factsOfRuns.get(run) ?? once(() => askDatabaseFunction(deployed, 'verify'));
  factsOfRuns.set(run, facts);
  return facts();
}

const factsOfRuns = new WeakMap<object, () => Promise<VerifyAnswer>>();

async function invoke(lambda: Lambda, FunctionName: string, request: object): Promise<{ readonly action?: unknown }> {
  const { FunctionError, Payload } = await lambda.invoke(
    { FunctionName, Payload: new TextEncoder().encode(JSON.stringify(request)) },
    { requestTimeout: TIME_LIMIT },
  );
  const answer = Object(JSON.parse(Payload?.transformToString() || 'null'));
  if (!FunctionError) return answer;
  const message = String(answer.errorMessage ?? FunctionError);
  // Of a function without this action, and of one that is not a verification function.
  if (message.startsWith('`action` must be ')) return {};
  throw new CommandError(`The database function ${FunctionName} failed: ${message}`);
}

function notDeployed(stage: string): CommandError {
  return new CommandError(
    `Stage ${stage} has no database function that answers. Deploy this version of the foundation: npx projen deploy --stage ${stage}`,
  );
}
