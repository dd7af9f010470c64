import { objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';

/** What an organisation may ask of every IAM role. */
export interface IamRoleProps {
  /**
   * Managed policy that limits what the IAM role can be allowed.
   *
   * @default - none, or what `PermissionsBoundary.of(scope).apply(…)` of the CDK sets
   */
  readonly permissionsBoundary?: IManagedPolicy;
  /**
   * Path of the IAM role, which begins and ends with a slash.
   *
   * @default '/'
   */
  readonly path?: string;
  /**
   * Name of the IAM role. An IAM role with a name cannot be replaced while the old one exists, and its stack needs
   * `CAPABILITY_NAMED_IAM`.
   *
   * @default - given by CloudFormation
   */
  readonly roleName?: string;
}

export const IAM_ROLE_RULES: Rules<IamRoleProps> = {
  permissionsBoundary: optional(
    objectWith('managedPolicyArn', 'a managed policy', 'Give for example ManagedPolicy.fromManagedPolicyName(…).'),
  ),
  path: optional(
    text('a path that begins and ends with a slash', 'Give for example /team/.', /^\/([\x21-\x7e]{1,510}\/)?$/),
  ),
  roleName: optional(
    text('a name of 1 to 64 letters, digits and +=,.@_-', 'Leave it out for a generated name.', /^[\w+=,.@-]{1,64}$/),
  ),
};
