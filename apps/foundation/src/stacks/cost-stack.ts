import { AlertTopic, CostBudget } from '@user-metrics/cost';
import { applyComponentTags } from '@user-metrics/tagging';
import { environmentOf } from '@user-metrics/tagging/schema';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Foundation } from '../config';
import { FoundationStack } from './foundation-stack';

export const COST_STACK = 'UserMetrics-Cost';

/** Output with the ARN of the topic, for the commands. */
export const ALERT_TOPIC_OUTPUT = 'AlertTopicArn';

/** The account's budget and its alerts. It must always deploy: nothing in it may be refused by an organisation's rules. */
export class CostStack extends FoundationStack {
  /** What alarms of the stages publish to. */
  readonly alerts: ITopic;

  constructor(scope: Construct, foundation: Foundation, account: string) {
    const { region, cost } = foundation.accounts[account] as Foundation['accounts'][string];
    super(scope, COST_STACK, 'Budget and alerts of the observability stack, once an account', { account, region });
    const { project, environments } = foundation.tags;
    const encryptionKey = cost.encryptAlerts ? this.alertKey() : undefined;
    const topic = new AlertTopic(this, 'Alerts', { emails: cost.emails, encryptionKey });
    new CostBudget(this, 'Budget', {
      project,
      topic,
      limit: cost.limit,
      thresholds: cost.thresholds,
      lowerMark: cost.lowerMark,
    });
    for (const [stage, limit] of Object.entries(cost.stageLimits)) {
      const environment = environmentOf(stage, environments);
      new CostBudget(this, `Budget-${stage}`, { project, environment, topic, limit, thresholds: cost.thresholds });
    }
    new CfnOutput(this, ALERT_TOPIC_OUTPUT, { value: topic.topicArn, description: 'Topic of all alerts' });
    this.alerts = topic;
  }

  private alertKey(): Key {
    const key = new Key(this, 'AlertKey', {
      description: 'Alerts of the observability stack',
      enableKeyRotation: true,
    });
    applyComponentTags(key, 'metrics');
    return key;
  }
}
