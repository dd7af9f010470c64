import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { unreachable } from './unreachable';

/** The services that know tags. */
export interface Clients {
  readonly budgets: BudgetsClient;
  readonly cloudControl: CloudControlClient;
  readonly cloudFormation: CloudFormationClient;
  readonly iam: IAMClient;
  readonly ssm: SSMClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  /** Account whose credentials are used. */
  readonly account: string;
  readonly region: string;
}

/** More attempts than the SDK's three: hundreds of pages in a row meet the limits of these services. */
const PATIENT = { maxAttempts: 10, retryMode: 'adaptive' } as const;

/** Every later request comes after this one: a wrong Region or no network is told in seconds. */
const FIRST_REQUEST = { maxAttempts: 3 };

/** No Region is known, or it cannot be one; the message says where to give one. */
export class InvalidRegion extends Error {}

/**
 * @param region Region of the stacks. @default - the one of the environment or the profile
 * @throws InvalidRegion when no Region is set, or it cannot be one
 * @throws Error when the account does not answer, or no credentials are valid
 */
export async function connect(region?: string): Promise<Clients> {
  const options = { ...PATIENT, ...(region ? { region } : {}) };
  const sts = new STSClient({ ...options, ...FIRST_REQUEST });
  const known = await sts.config.region().catch((error: Error) => {
    const what = /Region is missing/.test(error.message) ? 'there is no Region' : error.message.replace(/\.$/, '');
    throw new InvalidRegion(`${what}. Give --region us-east-1, or set AWS_REGION or a Region in the profile`);
  });
  const { Account: account = '' } = await sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => {
    const signIn = error.name === 'CredentialsProviderError' ? '. Sign in to AWS, or set AWS_PROFILE' : '';
    throw new Error(unreachable(error, known) ?? `${error.message}${signIn}`);
  });
  return {
    budgets: new BudgetsClient(options),
    cloudControl: new CloudControlClient(options),
    cloudFormation: new CloudFormationClient(options),
    iam: new IAMClient(options),
    ssm: new SSMClient(options),
    tagging: new ResourceGroupsTaggingAPIClient(options),
    account,
    region: known,
  };
}
