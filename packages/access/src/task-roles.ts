import { applyComponentTags } from '@user-metrics/tagging';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ecsTaskTrust } from './service-trust';

/**
 * IAM role of Umami's containers. It grants nothing: Umami signs in to the database by password and calls no AWS API.
 *
 * @example
 * new UmamiTaskRole(stack, 'UmamiTaskRole');
 */
export class UmamiTaskRole extends Role {
  constructor(scope: Construct, id: string) {
    super(scope, id, { assumedBy: ecsTaskTrust(scope), description: 'Containers of Umami' });
    applyComponentTags(this, 'umami', { Function: 'Compute' });
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
  constructor(scope: Construct, id: string) {
    super(scope, id, { assumedBy: ecsTaskTrust(scope), description: 'Containers of OpenReplay' });
    applyComponentTags(this, 'openReplay', { Function: 'Compute' });
  }
}
