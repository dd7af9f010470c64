import {
  GetParameterCommand,
  GetParametersByPathCommand,
  ParameterNotFound,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import type { Place } from './place';

/** Where `cdk bootstrap` writes its version, below the qualifier (AWS CDK guide, "Bootstrapping"). */
const BOOTSTRAP = '/cdk-bootstrap';

/** How an account and Region are bootstrapped for the CDK. */
export interface Bootstrap {
  /** Version of the bootstrap stack; nothing where there is none with the qualifier. */
  readonly version?: number;
  /** Other qualifiers with which it is bootstrapped, when there is none with this one. */
  readonly otherQualifiers: readonly string[];
}

/** Reads how an account is bootstrapped in the Region of the client. */
export async function readBootstrap(ssm: SSMClient, qualifier: string): Promise<Bootstrap> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `${BOOTSTRAP}/${qualifier}/version` }));
    return { version: Number(Parameter?.Value ?? 0), otherQualifiers: [] };
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) throw error;
    return { otherQualifiers: await otherQualifiers(ssm) };
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

/** That an account is not bootstrapped. */
export function notBootstrapped({ account, region }: Place, qualifier: string): string {
  const withQualifier =
    qualifier === DefaultStackSynthesizer.DEFAULT_QUALIFIER ? '' : ` with the qualifier ${qualifier}`;
  return `Account ${account} is not bootstrapped for the CDK in ${region}${withQualifier}.`;
}

/** The qualifier that is to be named in the configuration instead. */
export function otherQualifierInstead({ account }: Place, others: readonly string[]): string {
  return `set accounts['${account}'].bootstrap.qualifier to ${others.map((other) => `'${other}'`).join(' or ')}`;
}

/** The command that bootstraps an account. */
export function bootstrapCommand({ account, region }: Place, qualifier: string): string {
  const isDefault = qualifier === DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  // Another qualifier in the same toolkit stack would replace the bucket and the IAM roles of the one before.
  const own = isDefault ? '' : ` --qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`;
  return `npx cdk bootstrap${own} aws://${account}/${region}`;
}
