import { CloudFormationClient, paginateListStacks, StackStatus } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { EXIT, LifecycleError } from './lifecycle-error';

/** The account and Region of a stage. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Written by `cdk bootstrap` (AWS CDK guide, "Bootstrapping"). */
const BOOTSTRAP_VERSION = '/cdk-bootstrap/hnb659fds/version';

/**
 * Makes sure that we are signed in to the account, and that it is bootstrapped, also in the Region of its cost stacks.
 *
 * @throws LifecycleError that says what is missing, and what to do
 */
export async function requireAccount(
  command: string,
  { account, region, costRegion }: Place & { readonly costRegion: string },
): Promise<void> {
  await requireCredentials(command, { account, region });
  await requireBootstrap({ account, region });
  if (costRegion !== region) await requireBootstrap({ account, region: costRegion }, COST_STACKS_ARE_THERE);
}

const COST_STACKS_ARE_THERE =
  "The account's cost stacks are deployed there (`cost.region` of the account; us-east-1 where CloudFormation has no budgets).";

/**
 * Makes sure that we are signed in to the account.
 *
 * @throws LifecycleError that says what is missing, and what to do
 */
export async function requireCredentials(command: string, { account, region }: Place): Promise<void> {
  const identity = await new STSClient({ region }).send(new GetCallerIdentityCommand({})).catch((error: Error) => {
    throw new LifecycleError(
      `${command} needs credentials of AWS account ${account} and found none that work (${error.message}): sign in or set AWS_PROFILE,` +
        ' or run `npx projen rehearse`, which does the main job on this machine without an account.',
      EXIT.account,
    );
  });
  if (identity.Account === account) return;
  throw new LifecycleError(
    `${command} needs credentials of AWS account ${account}, and these are of ${identity.Account}: choose another profile with AWS_PROFILE, or correct the stage's account in the configuration.`,
    EXIT.account,
  );
}

async function requireBootstrap({ account, region }: Place, reason = ''): Promise<void> {
  try {
    await new SSMClient({ region }).send(new GetParameterCommand({ Name: BOOTSTRAP_VERSION }));
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) {
      throw new LifecycleError(
        `Whether account ${account} is bootstrapped could not be read: ${(error as Error).message}`,
        EXIT.account,
      );
    }
    throw new LifecycleError(
      `Account ${account} is not bootstrapped for the CDK in ${region}. ${reason && `${reason} `}Once, and by an administrator:\n\n` +
        `    npx cdk bootstrap aws://${account}/${region}\n\n` +
        'CloudFormation then deploys with AdministratorAccess; to narrow that, name a policy of your own with --cloudformation-execution-policies.',
      EXIT.account,
    );
  }
}

/** Stages of the foundation, other than one, that have stacks in the account. */
export async function otherStages(stage: string, { region }: Place): Promise<string[]> {
  const live = Object.values(StackStatus).filter((status) => status !== StackStatus.DELETE_COMPLETE);
  const found = new Set<string>();
  const pages = paginateListStacks({ client: new CloudFormationClient({ region }) }, { StackStatusFilter: live });
  for await (const { StackSummaries = [] } of pages) {
    for (const { StackName = '' } of StackSummaries) {
      const [, name] = /^UserMetrics-(.+)-(?:Network|Access|Database|Storage)$/.exec(StackName) ?? [];
      if (name && name !== stage) found.add(name);
    }
  }
  return [...found].sort();
}
