import { applyComponentTags } from '@user-metrics/tagging';
import { PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ecsTaskTrust } from './service-trust';

/** Props of {@link TaskExecutionRole}. */
export interface TaskExecutionRoleProps {
  /**
   * Start of the names of the log groups that tasks write to.
   *
   * @default '/user-metrics/'
   */
  readonly logGroupPrefix?: string;
}

/**
 * IAM role with which ECS starts tasks: pulls images from this account's registry and writes logs. Narrower than the
 * managed policy AmazonECSTaskExecutionRolePolicy, which reaches every repository and log group.
 *
 * It reads no secret by itself: whoever owns a secret attaches a policy for exactly that one.
 *
 * @example
 * new TaskExecutionRole(stack, 'TaskExecutionRole');
 */
export class TaskExecutionRole extends Role {
  constructor(scope: Construct, id: string, props: TaskExecutionRoleProps = {}) {
    super(scope, id, {
      assumedBy: ecsTaskTrust(scope),
      description: 'Starts the tasks of Umami and OpenReplay',
      inlinePolicies: {
        PullImagesAndWriteLogs: pullImagesAndWriteLogs(Stack.of(scope), props.logGroupPrefix ?? '/user-metrics/'),
      },
    });
    applyComponentTags(this, 'infrastructure', { Function: 'Compute' });
  }
}

function pullImagesAndWriteLogs({ partition, region, account }: Stack, logGroupPrefix: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ['ecr:GetAuthorizationToken'],
        // The action has no resource type (Service Authorization Reference, Amazon ECR).
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': region } },
      }),
      new PolicyStatement({
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: [`arn:${partition}:ecr:${region}:${account}:repository/*`],
      }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`arn:${partition}:logs:${region}:${account}:log-group:${logGroupPrefix}*`],
      }),
    ],
  });
}
