import { type LocalAws, localAwsAt, PythonMissing, startLocalAws } from '@user-metrics/local-aws';
import { Observations } from '../../account/observations';
import { openAccount } from '../../account/open-account';
import { type RehearsalContext, required } from '../../context';
import { RehearsalError } from '../../rehearsal-error';

/** Starts an AWS endpoint; without Python the account is left out, with a word. */
export async function startAws(context: RehearsalContext, onProgress: (message: string) => void): Promise<string> {
  const { awsEndpoint, requireAws } = context.options;
  try {
    context.localAws = awsEndpoint ? localAwsAt(awsEndpoint) : await ownAws(context, onProgress);
  } catch (error) {
    if (!(error instanceof PythonMissing) || requireAws) throw error;
    context.checklist.skipAccount(error.message);
    return error.message;
  }
  return `${context.localAws.endpoint}, IAM enforced`;
}

async function ownAws(context: RehearsalContext, onProgress: (message: string) => void): Promise<LocalAws> {
  const { host, port } = required(context, 'server');
  const localAws = await startLocalAws({ postgres: { host, port }, signal: context.signal, onProgress });
  context.cleanUp.add(localAws.stop);
  return localAws;
}

/** Makes the application in the account. */
export async function createExistingApplication(context: RehearsalContext): Promise<string> {
  const localAws = required(context, 'localAws');
  const account = await openAccount({
    localAws,
    foundation: required(context, 'foundation'),
    stage: required(context, 'stage'),
    server: required(context, 'server'),
    cleanUp: context.cleanUp,
  }).catch((error: Error) => {
    if (error instanceof RehearsalError || !context.options.awsEndpoint) throw error;
    throw new RehearsalError(`The application could not be made at ${context.options.awsEndpoint}: ${error.message}`);
  });
  context.account = account;
  context.stopApplication = () => account.workload.stop();
  context.observations = new Observations(context.checklist);
  const { vpcId } = account.existingApplication.network;
  return `VPC ${vpcId}, cluster, functions, frontend, budget and alarm in account ${account.id}`;
}
