import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CommandError, EXIT } from '../command-error';
import { bootstrapCommand, notBootstrapped, otherQualifierInstead, readBootstrap } from './bootstrap';
import type { Place } from './place';

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
  const found = await signedInAccount(command, { account, region });
  if (found === account) return;
  throw new CommandError(
    `${command} needs credentials of AWS account ${account}, and these are of ${found}: choose another profile with AWS_PROFILE, or correct the stage's account in the configuration.`,
    EXIT.account,
  );
}

/**
 * Id of the account that we are signed in to.
 *
 * @param place the Region, and the account that is wanted, for the message
 * @throws CommandError when there are no credentials that work
 */
export async function signedInAccount(command: string, place: WantedPlace): Promise<string> {
  const { account, region } = place;
  const sts = new STSClient({ region });
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => {
    if (isOfNetwork(error)) throw unreachable(command, place, error);
    throw new CommandError(
      `${command} needs credentials of ${account ? `AWS account ${account}` : 'an AWS account'} and found none that work (${error.message}): sign in or set AWS_PROFILE,` +
        ' or run `npx projen rehearse`, which deploys into an emulated account on this machine.',
      EXIT.account,
    );
  });
  return identity.Account ?? '';
}

/** A Region, and the account where one is wanted. */
type WantedPlace = Pick<Place, 'region'> & Partial<Place>;

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

function unreachable(command: string, { account, region }: WantedPlace, error: Error): CommandError {
  const { hostname, address, port } = error as { hostname?: string; address?: string; port?: number };
  const host = hostname ?? (address === undefined ? `the endpoint of AWS STS in ${region}` : `${address}:${port}`);
  return new CommandError(
    `${command} cannot reach ${host} in Region ${region} (${error.message}). Check the network and a proxy (HTTPS_PROXY, AWS_ENDPOINT_URL), and the Region${account ? ` in accounts['${account}'].region of the configuration` : ''}.`,
    EXIT.account,
  );
}

async function requireBootstrap(place: Place, qualifier: string, reason = ''): Promise<void> {
  const { account, region } = place;
  const { version, otherQualifiers } = await readBootstrap(new SSMClient({ region }), qualifier).catch(
    (error: Error) => {
      throw new CommandError(
        `Whether account ${account} is bootstrapped could not be read: ${error.message}`,
        EXIT.account,
      );
    },
  );
  if (version !== undefined) return;
  const which = `${notBootstrapped(place, qualifier)}${reason && ` ${reason}`}`;
  if (otherQualifiers.length > 0) {
    const instead = otherQualifierInstead(place, otherQualifiers);
    throw new CommandError(`${which} It is with ${otherQualifiers.join(', ')}: ${instead}.`, EXIT.account);
  }
  throw new CommandError(
    `${which} Once, and by an administrator:\n\n` +
      `    ${bootstrapCommand(place, qualifier)}\n\n` +
      'CloudFormation then deploys with AdministratorAccess; to narrow that, name a policy of your own with --cloudformation-execution-policies.',
    EXIT.account,
  );
}
