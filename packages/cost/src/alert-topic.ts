import { applyComponentTags } from '@user-metrics/tagging';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Props of {@link AlertTopic}. */
export interface AlertTopicProps {
  /** Addresses that get the alerts; each has to confirm the subscription within three days. */
  readonly emails: readonly string[];
}

/**
 * SNS topic for budgets and alarms of this account. People subscribe to the topic and not to a budget, so that a
 * changed address leaves the budget alone.
 *
 * @example
 * new AlertTopic(stack, 'Alerts', { emails: ['platform@example.com'] });
 */
export class AlertTopic extends Topic {
  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id, { displayName: 'Observability alerts', enforceSSL: true });
    const { account, partition, region } = Stack.of(this);
    // Each service only for resources of this account (Cost Management guide, "Creating an Amazon SNS topic for budget notifications").
    this.allow('BudgetsPublish', 'budgets.amazonaws.com', `arn:${partition}:budgets::${account}:*`);
    this.allow('AlarmsPublish', 'cloudwatch.amazonaws.com', `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`);
    for (const email of new Set(props.emails)) this.addSubscription(new EmailSubscription(email));
    applyComponentTags(this, 'metrics');
  }

  private allow(sid: string, service: string, sourceArn: string): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        sid,
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal(service)],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': sourceArn },
        },
      }),
    );
  }
}
