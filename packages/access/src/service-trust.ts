import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * A service that may assume an IAM role only for resources of this account and Region: another account's resource
 * cannot make the service act with our rights (IAM guide, "The confused deputy problem").
 *
 * @param scope construct whose account and Region are meant
 * @param service service principal, e.g. `ecs-tasks.amazonaws.com`
 * @param resources pattern of the ARNs below `arn:<partition>:<service>:<region>:<account>:`
 */
export function serviceTrust(
  scope: Construct,
  service: string,
  resources: { service: string; pattern: string },
): ServicePrincipal {
  const { account, region, partition } = Stack.of(scope);
  return new ServicePrincipal(service, {
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:${resources.service}:${region}:${account}:${resources.pattern}` },
    },
  });
}

/** Trust of ECS tasks. A cluster cannot be named in it (ECS guide, "Task IAM role"). */
export function ecsTaskTrust(scope: Construct): ServicePrincipal {
  return serviceTrust(scope, 'ecs-tasks.amazonaws.com', { service: 'ecs', pattern: '*' });
}
