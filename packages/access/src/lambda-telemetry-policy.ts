import { COST_ALLOCATION_NAMESPACE } from '@user-metrics/tagging/cost-allocation';
import { type PublishedContractProps, publishedValues } from '@user-metrics/tagging/published';
import { type IManagedPolicy, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Metrics of the application are published in namespaces that start so. */
export const METRIC_NAMESPACE_PREFIX = 'UserMetrics/';

/**
 * What an existing Lambda function needs to send metrics, logs and traces. It is published, never attached here: the
 * owner of a function adds it to the function's own IAM role. Metrics go to namespaces `UserMetrics/*` but for
 * `UserMetrics/Cost`, which is the foundation's own; a metric embedded in a log line is beyond what a policy can tell.
 *
 * @example
 * const { managedPolicyArn } = new LambdaTelemetryPolicy(stack, 'LambdaTelemetryPolicy');
 */
export class LambdaTelemetryPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string) {
    const { partition, region, account } = Stack.of(scope);
    super(scope, id, {
      // Cannot be changed in place: another text replaces the policy, which fails while functions have it attached.
      description: 'Metrics in namespaces UserMetrics/*, logs and traces of an application function',
      statements: [
        new PolicyStatement({
          actions: ['cloudwatch:PutMetricData'],
          // The action has no resource type; the namespace is what limits it (CloudWatch guide, condition keys).
          resources: ['*'],
          conditions: {
            StringLike: { 'cloudwatch:namespace': `${METRIC_NAMESPACE_PREFIX}*` },
            // The alarm for inactive cost allocation tags reads that namespace and would believe what an application writes there.
            StringNotEquals: { 'cloudwatch:namespace': COST_ALLOCATION_NAMESPACE },
          },
        }),
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/*`],
        }),
        new PolicyStatement({
          actions: [
            'xray:PutTraceSegments',
            'xray:PutTelemetryRecords',
            'xray:GetSamplingRules',
            'xray:GetSamplingTargets',
          ],
          // These have no resource type either.
          resources: ['*'],
          conditions: { StringEquals: { 'aws:RequestedRegion': region } },
        }),
      ],
    });
  }

  /**
   * The policy that a deployed stage of the foundation publishes, to be added to IAM roles of functions.
   *
   * @throws Error for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IManagedPolicy {
    const { text } = publishedValues(scope, props, Error);
    return ManagedPolicy.fromManagedPolicyArn(scope, id, text('access/lambda-telemetry-policy-arn'));
  }
}
