import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, number, objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import { tagValueProblem } from '@user-metrics/tagging/schema';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Names, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CostError } from './cost-error';

/** Props of {@link CostAnomaly}. */
export interface CostAnomalyProps {
  /** Value of the tag `Project` whose cost is watched; the key has to be an active cost allocation tag. */
  readonly project: string;
  /** Topic that gets the anomalies: an `AlertTopic` lets anomaly detection publish. */
  readonly topic: ITopic;
  /**
   * Smallest anomaly that is told, in USD above what was expected.
   *
   * @default 10
   */
  readonly minimum?: number;
}

const RULES: Rules<CostAnomalyProps> = {
  project: text(
    'a value of the tag `Project`',
    'Give the one that the resources have.',
    (value) => tagValueProblem(value) === undefined,
  ),
  topic: objectWith('topicArn', 'an SNS topic', 'Give for example an AlertTopic.'),
  minimum: optional(
    number('a number of USD above 0', 'Give for example 10.', (usd) => usd > 0 && usd < Number.POSITIVE_INFINITY),
  ),
};

/**
 * Cost anomaly detection over everything that has the tag `Project`: free, and on request. A monitor by tag needs about ten days
 * of cost before it tells anything.
 *
 * The tags of a monitor and of a subscription can only be given at their creation: a changed tag of the stack, such as
 * another owner, replaces both, and the new monitor begins to learn again. Its past anomalies are gone with the old one.
 *
 * @example
 * new CostAnomaly(stack, 'Anomalies', { project: 'UserMetrics', topic });
 */
export class CostAnomaly extends Construct {
  /** ARN of the monitor. */
  readonly monitorArn: string;

  /** @throws CostError for a value that no tag has, and for a minimum that is no amount */
  constructor(scope: Construct, id: string, props: CostAnomalyProps) {
    super(scope, id);
    checkProps(props, RULES, CostError);
    const { project, topic, minimum = 10 } = props;
    const stack = Stack.of(this);
    const name = Names.uniqueResourceName(this, { maxLength: 100 });
    const monitor = new CfnAnomalyMonitor(this, 'Monitor', {
      monitorName: name,
      monitorType: 'CUSTOM',
      monitorSpecification: stack.toJsonString({
        Tags: { Key: 'Project', Values: [project], MatchOptions: ['EQUALS'] },
      }),
    });
    new CfnAnomalySubscription(this, 'Subscription', {
      subscriptionName: name,
      frequency: 'IMMEDIATE',
      monitorArnList: [monitor.attrMonitorArn],
      subscribers: [{ type: 'SNS', address: topic.topicArn }],
      thresholdExpression: stack.toJsonString({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [String(minimum)],
        },
      }),
    });
    applyComponentTags(this, 'metrics');
    this.monitorArn = monitor.attrMonitorArn;
  }
}
