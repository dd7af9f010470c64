import { GetParameterCommand, GetParametersByPathCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { CommandError, EXIT } from '../command-error';

/** The account and Region of a stage. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Where `cdk bootstrap` writes its version, below the qualifier (AWS CDK guide, "Bootstrapping"). */
const BOOTSTRAP = '/cdk-bootstrap';

/**
 * Makes sure that we are signed in to the account, and that it is bootstrapped, also in the Region of its cost stacks.
 *
 * @throws CommandError that says what is missing, and what to do
 */
export async function requireAccount(
  command: string,
  { account, region, costRegion, qualifier }: Place & { readonly costRegion: string; readonly qualifier: string },
): Promise<void> {
  await requireCredentials(command, { account, region });
  await requireBootstrap({ account, region }, qualifier);
  if (costRegion !== region) await requireBootstrap({ account, region: costRegion }, qualifier, COST_STACKS_ARE_THERE);
}

const COST_STACKS_ARE_THERE =
  "The account's cost stacks are deployed there (`cost.region` of the account; us-east-1 where CloudFormation has no budgets).";

/**
 * Makes sure that we are signed in to the account.
 *
 * @throws CommandError that says what is missing, and what to do
 */
export async function requireCredentials(command: string, { account, region }: Place): Promise<void> {
  const sts = new STSClient({ region });
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => {
    if (isOfNetwork(error)) throw unreachable(command, { account, region }, error);
    throw new CommandError(
      `${command} needs credentials of AWS account ${account} and found none that work (${error.message}): sign in or set AWS_PROFILE,` +
        ' or run `npx projen rehearse`, which deploys into an emulated account on this machine.',
      EXIT.account,
    );
  });
  if (identity.Account === account) return;
  throw new CommandError(
    `${command} needs credentials of AWS account ${account}, and these are of ${identity.Account}: choose another profile with AWS_PROFILE, or correct the stage's account in the configuration.`,
    EXIT.account,
  );
}

/** Errors of Node.js while there is no answer. */
const NETWORK_ERRORS = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

function isOfNetwork(error: Error & { readonly code?: unknown }): boolean {
  return error.name === 'TimeoutError' || NETWORK_ERRORS.includes(String(error.code));
}

function unreachable(command: string, { account, region }: Place, error: Error): CommandError {
  const { hostname, address, port } = error as { hostname?: string; address?: string; port?: number };
  const host = hostname ?? (address === undefined ? `the endpoint of AWS STS in ${region}` : `${address}:${port}`);
  return new CommandError(
    `${command} cannot reach ${host} in Region ${region} (${error.message}). Check the network and a proxy (HTTPS_PROXY, AWS_ENDPOINT_URL), and the Region in accounts['${account}'].region of the configuration.`,
    EXIT.account,
  );
}

async function requireBootstrap(place: Place, qualifier: string, reason = ''): Promise<void> {
  const { account, region } = place;
  const ssm = new SSMClient({ region });
  try {
    await ssm.send(new GetParameterCommand({ Name: `${BOOTSTRAP}/${qualifier}/version` }));
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) {
      throw new CommandError(
        `Whether account ${account} is bootstrapped could not be read: ${(error as Error).message}`,
        EXIT.account,
      );
    }
    throw new CommandError(notBootstrapped(place, qualifier, await otherQualifiers(ssm), reason), EXIT.account);
  }
}

/** Qualifiers with which the account is bootstrapped; none where they may not be read. */
async function otherQualifiers(ssm: SSMClient): Promise<string[]> {
  const found = await ssm
    .send(new GetParametersByPathCommand({ Path: BOOTSTRAP, Recursive: true }))
    .catch(() => ({ Parameters: [] }));
  return (found.Parameters ?? []).flatMap(
    ({ Name = '' }) => /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(Name)?.[1] ?? [],
  );
}

function notBootstrapped(
  { account, region }: Place,
  qualifier: string,
  others: readonly string[],
  reason: string,
): string {
  const isDefault = qualifier === DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  const withQualifier = isDefault ? '' : ` with the qualifier ${qualifier}`;
  const which = `Account ${account} is not bootstrapped for the CDK in ${region}${withQualifier}.${reason && ` ${reason}`}`;
  if (others.length > 0)
    return `${which} It is with ${others.join(', ')}: set accounts['${account}'].bootstrap.qualifier to ${others.map((other) => `'${other}'`).join(' or ')}.`;
  // Another qualifier in the same toolkit stack would replace the bucket and the IAM roles of the one before.
  const own = isDefault ? '' : ` --qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`;
  return (
    `${which} Once, and by an administrator:\n\n` +
    `    npx cdk bootstrap${own} aws://${account}/${region}\n\n` +
    'CloudFormation then deploys with AdministratorAccess; to narrow that, name a policy of your own with --cloudformation-execution-policies.'
  );
}
