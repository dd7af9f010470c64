import { AlertTopic, BlindBudgetAlarm, CostBudget } from '@user-metrics/cost';
import { applyComponentTags, CostAllocationTags } from '@user-metrics/tagging';
import { environmentOf } from '@user-metrics/tagging/schema';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Foundation } from '../config';
import { FoundationStack } from './foundation-stack';

export const COST_STACK = 'UserMetrics-Cost';

/** Outputs of the stack, for the commands. */
export const COST_OUTPUTS = {
  topicArn: 'AlertTopicArn',
  budgetName: 'BudgetName',
  tagStatusParameter: 'TagStatusParameter',
} as const;

/** The account's budget and its alerts. It must always deploy: nothing in it may be refused by an organisation's rules. */
export class CostStack extends FoundationStack {
  /** What alarms of the stages publish to. */
  readonly alerts: ITopic;
  /** In alarm while the budget sees nothing. */
  readonly blindBudget: IAlarm;

  constructor(scope: Construct, foundation: Foundation, account: string) {
    const { region, cost } = foundation.accounts[account] as Foundation['accounts'][string];
    super(scope, COST_STACK, 'Budget and alerts of the observability stack, once an account', { account, region });
    const { project, environments } = foundation.tags;
    const encryptionKey = cost.encryptAlerts ? this.alertKey() : undefined;
    const topic = new AlertTopic(this, 'Alerts', { emails: cost.emails, encryptionKey });
    const { limit, lowerMark, thresholds, includeCreditsAndRefunds } = cost;
    const common = { project, topic, thresholds, includeCreditsAndRefunds };
    const { budgetName } = new CostBudget(this, 'Budget', { ...common, limit, lowerMark });
    for (const [stage, limitOfStage] of Object.entries(cost.stageLimits)) {
      const environment = environmentOf(stage, environments);
      new CostBudget(this, `Budget-${stage}`, { ...common, environment, limit: limitOfStage });
    }
    const tags = new CostAllocationTags(this, 'CostAllocationTags');
    const blindBudget = new BlindBudgetAlarm(this, 'BlindBudget', { inactiveKeys: tags.metricInactive() });
    blindBudget.addAlarmAction(new SnsAction(topic));
    blindBudget.addOkAction(new SnsAction(topic));
    this.output(COST_OUTPUTS.topicArn, topic.topicArn, 'Topic of all alerts');
    this.output(COST_OUTPUTS.budgetName, budgetName, 'Budget of the account');
    this.output(COST_OUTPUTS.tagStatusParameter, tags.parameterName, 'State of each cost allocation tag');
    this.alerts = topic;
    this.blindBudget = blindBudget;
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }

  private alertKey(): Key {
    const key = new Key(this, 'AlertKey', {
      description: 'Alerts of the observability stack',
      enableKeyRotation: true,
      // Nothing that it encrypts outlives the topic, and a key that is left costs $1 a month.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    applyComponentTags(key, 'metrics');
    return key;
  }
}
