import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps } from '@user-metrics/tagging/props';
import type { PublishedContractProps } from '@user-metrics/tagging/published';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { IAM_ROLE_RULES, type IamRoleProps } from './iam-role-props';
import { publishedRole } from './published-role';
import { ecsTaskTrust } from './service-trust';

/**
 * IAM role of Umami's containers. It grants nothing: Umami signs in to the database by password and calls no AWS API.
 *
 * @example
 * new UmamiTaskRole(stack, 'UmamiTaskRole');
 */
export class UmamiTaskRole extends Role {
  /** @throws Error for a path, a name or a boundary that is none */
  constructor(scope: Construct, id: string, props: IamRoleProps = {}) {
    checkProps(props, IAM_ROLE_RULES, Error);
    super(scope, id, { ...props, assumedBy: ecsTaskTrust(scope), description: 'Containers of Umami' });
    applyComponentTags(this, 'umami', { Function: 'Compute' });
  }

  /**
   * The IAM role that a deployed stage of the foundation publishes. Nothing can be granted to it here: the stage did so.
   *
   * @throws Error for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IRole {
    return publishedRole(scope, id, props, 'access/umami-task-role-arn');
  }
}

/**
 * IAM role of OpenReplay's containers. It grants nothing by itself: the owner of the bucket of recordings attaches a
 * policy for it.
 *
 * @example
 * new OpenReplayTaskRole(stack, 'OpenReplayTaskRole');
 */
export class OpenReplayTaskRole extends Role {
  /** @throws Error for a path, a name or a boundary that is none */
  constructor(scope: Construct, id: string, props: IamRoleProps = {}) {
    checkProps(props, IAM_ROLE_RULES, Error);
    super(scope, id, { ...props, assumedBy: ecsTaskTrust(scope), description: 'Containers of OpenReplay' });
    applyComponentTags(this, 'openReplay', { Function: 'Compute' });
  }

  /**
   * The IAM role that a deployed stage of the foundation publishes. Nothing can be granted to it here: the stage did so.
   *
   * @throws Error for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IRole {
    return publishedRole(scope, id, props, 'access/openreplay-task-role-arn');
  }
}
