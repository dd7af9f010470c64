import { listStacks, stackResources } from '@user-metrics/foundation/account';
import type { Account } from '../../account/account';
import { deployedChecks, existingApplicationChecks } from '../../account/checks';
import { bootstrap, CHANGE_ONLY, type CommandResult, runFoundation } from '../../account/foundation-command';
import { type ChangeTimes, touched, unfinished, unsaid } from '../../account/lifecycle';
import { type RehearsalContext, required } from '../../context';
import { RehearsalError } from '../../rehearsal-error';
import type { CheckId } from '../../report/check';
import { noteVerification } from './verify';

type OnProgress = (message: string) => void;

/** Prepares the account for the CDK. */
export async function bootstrapAccount(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const result = await bootstrap(required(context, 'account'), { signal: context.signal, onProgress });
  requireSuccess(context, 'lifecycle.bootstrap', result);
  context.checklist.record('lifecycle.bootstrap', 'pass', seconds(result));
  return seconds(result);
}

/** Deploys everything, which verifies it. */
export async function deploy(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const account = required(context, 'account');
  const result = await runFoundation(account, 'deploy', { signal: context.signal, onProgress });
  const verified = noteVerification(context);
  requireSuccess(context, 'lifecycle.deploy', result);
  const stacks = await listStacks(account);
  const evidence = `${stacks.length} stacks with ${(await stackResources(account)).length} resources in ${seconds(result)}`;
  context.checklist.verdict('lifecycle.deploy', [...unfinished(stacks), ...unsaid(result.output)], evidence);
  return `${evidence}; ${verified}`;
}

/** Tries what was deployed by real calls, and checks the application. */
export async function tryRolesAndFunctions(context: RehearsalContext): Promise<string> {
  const [account, observations] = [required(context, 'account'), required(context, 'observations')];
  // The application first: its own deployment, which is a check of what is deployed, would repair its objects.
  const checks = [...existingApplicationChecks, ...deployedChecks];
  await observations.check(account, checks, 'after the deployment');
  return `${checks.length} checks by SDK and SQL`;
}

/** The same once more: CloudFormation finds nothing to do. */
export async function deployAgain(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const [account, observations] = [required(context, 'account'), required(context, 'observations')];
  const before = await timesOfChange(account);
  const result = await runFoundation(account, 'deploy', { signal: context.signal, onProgress }, CHANGE_ONLY);
  requireSuccess(context, 'lifecycle.again', result);
  const after = await timesOfChange(account);
  context.checklist.verdict(
    'lifecycle.again',
    touched(before, after),
    `${Object.keys(after).length} stacks without a change, in ${seconds(result)}`,
  );
  await observations.check(account, existingApplicationChecks, 'after the second deployment');
  return seconds(result);
}

async function timesOfChange({ aws }: Account): Promise<ChangeTimes> {
  const { Stacks = [] } = await aws.cloudFormation.describeStacks({});
  return Object.fromEntries(
    Stacks.map(({ StackName = '', LastUpdatedTime, CreationTime }) => [
      StackName,
      (LastUpdatedTime ?? CreationTime)?.toISOString() ?? '',
    ]),
  );
}

/** Nothing can be checked after a failed command. */
export function requireSuccess(context: RehearsalContext, id: CheckId, { exitCode, output }: CommandResult): void {
  if (exitCode === 0) return;
  const reason = output.trim().split('\n').slice(-8).join('\n');
  context.checklist.record(id, 'fail', reason);
  throw new RehearsalError(`The command failed with exit code ${exitCode}:\n${reason}`);
}

export function seconds({ milliseconds }: Pick<CommandResult, 'milliseconds'>): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
