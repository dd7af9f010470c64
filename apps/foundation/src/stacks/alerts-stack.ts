import { AlertTopic } from '@user-metrics/cost';
import { applyComponentTags } from '@user-metrics/tagging';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Account, Stage } from '../config';
import { FoundationStack } from './foundation-stack';
import { ALERTS_STACK, TOPIC_OUTPUT } from './stack-names';

/**
 * The topic of the alarms of the stages of a Region where the account's cost stacks are in another Region, or left out: an alarm publishes to
 * topics of its own Region alone.
 */
export class AlertsStack extends FoundationStack {
  /** What alarms of the stages publish to. */
  readonly alerts: ITopic;

  constructor(scope: Construct, { account, region }: Pick<Stage, 'account' | 'region'>, cost: Account['cost']) {
    super(scope, ALERTS_STACK, 'Alerts of the observability stack, once per account', { account, region });
    this.alerts = alertTopic(this, cost);
  }
}

/** The topic with its subscribers, and the output that the commands find it by. */
export function alertTopic(stack: Stack, { emails, encryptAlerts }: Account['cost']): ITopic {
  const encryptionKey = encryptAlerts ? alertKey(stack) : undefined;
  const topic = new AlertTopic(stack, 'Alerts', { emails, encryptionKey });
  new CfnOutput(stack, TOPIC_OUTPUT, { value: topic.topicArn, description: 'Topic of all alerts' });
  return topic;
}

function alertKey(stack: Stack): Key {
  const key = new Key(stack, 'AlertKey', {
    description: 'Alerts of the observability stack',
    enableKeyRotation: true,
    // Nothing that it encrypts outlives the topic, and a key that is left costs $1 a month.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  applyComponentTags(key, 'metrics');
  return key;
}
