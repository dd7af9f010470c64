import { CostBudget, InactiveBudgetTagsAlarm } from '@user-metrics/cost';
import { CostAllocationTags } from '@user-metrics/tagging';
import { environmentOf } from '@user-metrics/tagging/schema';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Account, Foundation } from '../config';
import { alertTopic } from './alerts-stack';
import { FoundationStack } from './foundation-stack';
import { COST_OUTPUTS, COST_STACK } from './stack-names';

/** Tag keys that the budgets of an account filter by. */
export function budgetKeys({ stageLimits }: Account['cost']): string[] {
  return Object.keys(stageLimits).length > 0 ? ['Project', 'Environment'] : ['Project'];
}

/** The account's budget and its alerts. It must always deploy: nothing in it may be refused by an organisation's rules. */
export class CostStack extends FoundationStack {
  /** What budgets publish to, and alarms of stages in the same Region. */
  readonly alerts: ITopic;
  /** In alarm while a tag key is not known to be active. */
  readonly inactiveBudgetTags: IAlarm;
  /** What activates the tag keys, and knows their state. */
  readonly costAllocationTags: CostAllocationTags;

  constructor(scope: Construct, { project, environments }: Foundation['tags'], account: string, { cost }: Account) {
    super(scope, COST_STACK, 'Budget and alerts of the observability stack, once per account', {
      account,
      region: cost.region,
    });
    const topic = alertTopic(this, cost);
    const { limit, lowerMark, thresholds, includeCreditsAndRefunds } = cost;
    const common = { project, topic, thresholds, includeCreditsAndRefunds };
    const { budgetName } = new CostBudget(this, 'Budget', { ...common, limit, lowerMark });
    for (const [stage, limitOfStage] of Object.entries(cost.stageLimits)) {
      const environment = environmentOf(stage, environments);
      new CostBudget(this, `Budget-${stage}`, { ...common, environment, limit: limitOfStage });
    }
    const tags = new CostAllocationTags(this, 'CostAllocationTags', { countedKeys: budgetKeys(cost) });
    const inactiveBudgetTags = new InactiveBudgetTagsAlarm(this, 'InactiveBudgetTags', {
      inactiveKeys: tags.metricInactive(),
    });
    inactiveBudgetTags.addAlarmAction(new SnsAction(topic));
    inactiveBudgetTags.addOkAction(new SnsAction(topic));
    this.output(COST_OUTPUTS.budgetName, budgetName, 'Budget of the account');
    this.output(COST_OUTPUTS.tagStatusParameter, tags.parameterName, 'State of each cost allocation tag');
    this.costAllocationTags = tags;
    this.alerts = topic;
    this.inactiveBudgetTags = inactiveBudgetTags;
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
