import { applyComponentTags } from '@user-metrics/tagging';
import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';
import { checkProps, objectWith, type Rules } from '@user-metrics/tagging/props';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { CostError } from './cost-error';

/** Props of {@link InactiveBudgetTagsAlarm}. */
export interface InactiveBudgetTagsAlarmProps {
  /**
   * How many tag keys of the budget's filter are not active as cost allocation tags, once a day; such as
   * `CostAllocationTags.metricInactive()`. No value counts as not active.
   */
  readonly inactiveKeys: IMetric;
}

const RULES: Rules<InactiveBudgetTagsAlarmProps> = {
  inactiveKeys: objectWith(
    'toMetricConfig',
    'a metric',
    'Give for example tags.metricInactive() of CostAllocationTags.',
  ),
};

/** Days after the activation until costs have the tag (Billing guide, "Activating user-defined cost allocation tags"), and one more. */
const DAYS_UNTIL_COSTS = 2;

/**
 * Alarm while the tag keys of a budget are not all known to be active: a filter by a tag that is no active cost allocation
 * tag finds $0, without an error. It is in alarm from the first day, and clears itself when the last two days were both without an inactive key:
 * by then the first costs have the tag. Its actions are added with `addAlarmAction`.
 *
 * @example
 * new InactiveBudgetTagsAlarm(stack, 'InactiveBudgetTags', { inactiveKeys: tags.metricInactive() }).addAlarmAction(new SnsAction(topic));
 */
export class InactiveBudgetTagsAlarm extends Alarm {
  /** @throws CostError for what is no metric */
  constructor(scope: Construct, id: string, props: InactiveBudgetTagsAlarmProps) {
    checkProps(props, RULES, CostError);
    super(scope, id, {
      alarmDescription: description(Stack.of(scope).account),
      metric: props.inactiveKeys,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: DAYS_UNTIL_COSTS,
      datapointsToAlarm: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
    applyComponentTags(this, 'metrics');
  }
}

function description(account: string): string {
  return [
    `${INACTIVE_BUDGET_TAGS}.`,
    'Nothing to do for two days after the first deployment: the keys are activated as soon as Billing knows them.',
    `If account ${account} is a member of an organization, only the payer (management) account may do it: Billing and Cost`,
    'Management > Cost allocation tags > User-defined cost allocation tags > Project, Environment > Activate.',
    '`npx projen alert-test --dry-run` shows the state of each key and the exact commands for the payer account.',
    'The alarm clears itself two days after that; in a member account, as soon as costs of it are found under the keys.',
  ].join(' ');
}
