import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, listOf, number, objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import { tagValueProblem } from '@user-metrics/tagging/schema';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CostError } from './cost-error';
import { CREDITS_AND_REFUNDS } from './cost-explorer';
import { defaultLowerMark, LEAST_LIMIT } from './limits';

/** What is left of the ten notifications of a budget (AWS Budgets quotas). */
const MOST_THRESHOLDS = 8;

/** Props of {@link CostBudget}. */
export interface CostBudgetProps {
  /** Value of the tag `Project` whose cost is watched. */
  readonly project: string;
  /** Topic that gets the alerts. */
  readonly topic: ITopic;
  /**
   * Value of the tag `Environment`: only resources that have it too are watched, for a budget of one stage beside that of the
   * account. The key `Environment` has to be an active cost allocation tag as well.
   *
   * @default - every environment
   */
  readonly environment?: string;
  /**
   * Limit in USD a month.
   *
   * @default 150
   */
  readonly limit?: number;
  /**
   * Percentages of the limit at which the actual cost alerts, rising.
   *
   * @default [80, 100]
   */
  readonly thresholds?: readonly number[];
  /**
   * A mark below the limit, in USD, that is worth a message: the lower end of the expected cost.
   *
   * @default 100, or two thirds of a limit that is not above that
   */
  readonly lowerMark?: number;
  /**
   * Whether credits and refunds lower the cost that the budget counts, as the Budgets API does unless told otherwise. An
   * account with credits then stays near $0 and gets no alert before they are used up.
   *
   * @default false
   */
  readonly includeCreditsAndRefunds?: boolean;
}

const isTagValue = (value: string) => tagValueProblem(value) === undefined;

const RULES: Rules<CostBudgetProps> = {
  project: text('a value of the tag `Project`', 'Give the one that the resources have.', isTagValue),
  topic: objectWith('topicArn', 'an SNS topic', 'Give for example an AlertTopic.'),
  environment: optional(text('a value of the tag `Environment`', 'Leave it out for all environments.', isTagValue)),
  limit: optional(
    number(
      `${LEAST_LIMIT} USD or more`,
      'Give the USD a month that may be spent.',
      (usd) => usd >= LEAST_LIMIT && usd < Infinity,
    ),
  ),
  thresholds: optional(listOf(number('percentages above 0 that rise', 'Give for example 80, 100.', () => true))),
  includeCreditsAndRefunds: optional(FLAG),
  lowerMark: optional(number('a number of USD', 'Give the lower end of the expected cost.', () => true)),
};

/**
 * Monthly budget over everything that has the tag `Project`, with alerts for the actual and the forecast cost.
 *
 * It has no fixed name, so that a changed alert, which replaces a budget, does not collide with itself
 * (aws-cloudformation/cloudformation-coverage-roadmap#365).
 *
 * @example
 * new CostBudget(stack, 'Budget', { project: 'UserMetrics', topic });
 */
export class CostBudget extends Construct {
  /** Name of the budget, given by CloudFormation. */
  readonly budgetName: string;

  /** @throws CostError when the limit, the thresholds or the mark contradict each other */
  constructor(scope: Construct, id: string, props: CostBudgetProps) {
    super(scope, id);
    checkProps(props, RULES, CostError);
    const { limit = 150, thresholds = [80, 100], lowerMark = defaultLowerMark(limit) } = props;
    requireOrder(limit, thresholds, lowerMark);
    const subscribers = [{ subscriptionType: 'SNS', address: props.topic.topicArn }];
    const alert = (notificationType: string, thresholdType: string, threshold: number) => ({
      notification: { notificationType, thresholdType, threshold, comparisonOperator: 'GREATER_THAN' },
      subscribers,
    });
    const budget = new CfnBudget(this, 'Resource', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: limit, unit: 'USD' },
        ...filterOf(props),
      },
      notificationsWithSubscribers: [
        alert('ACTUAL', 'ABSOLUTE_VALUE', lowerMark),
        ...thresholds.map((threshold) => alert('ACTUAL', 'PERCENTAGE', threshold)),
        alert('FORECASTED', 'PERCENTAGE', 100),
      ],
    });
    applyComponentTags(this, 'metrics');
    this.budgetName = budget.ref;
  }
}

/**
 * `CostFilters` is the form that is proven for one tag. It cannot join two keys by AND, for which the newer
 * `FilterExpression` is there. A budget takes `CostFilters` with `CostTypes`, or `FilterExpression` with `Metrics`, and no
 * mixture (Budgets API reference, "CreateBudget"), so each form leaves credits and refunds out in its own way.
 */
function filterOf({
  project,
  environment,
  includeCreditsAndRefunds = false,
}: CostBudgetProps): Partial<CfnBudget.BudgetDataProperty> {
  if (environment === undefined) {
    return {
      costFilters: { TagKeyValue: [`user:Project$${project}`] },
      costTypes: { includeCredit: includeCreditsAndRefunds, includeRefund: includeCreditsAndRefunds },
    };
  }
  const tag = (key: string, value: string) => ({ tags: { key, values: [value] } });
  const creditsAndRefunds = { dimensions: { key: 'RECORD_TYPE', values: [...CREDITS_AND_REFUNDS] } };
  return {
    filterExpression: {
      and: [
        tag('Project', project),
        tag('Environment', environment),
        ...(includeCreditsAndRefunds ? [] : [{ not: creditsAndRefunds }]),
      ],
    },
    metrics: ['UnblendedCost'],
  };
}

function requireOrder(limit: number, thresholds: readonly number[], lowerMark: number): void {
  const rising = thresholds.every((threshold, index) => threshold > (thresholds[index - 1] ?? 0));
  if (thresholds.length === 0 || !rising) {
    throw new CostError(
      `\`thresholds\` must be percentages above 0 that rise, got: ${thresholds.join(', ') || 'none'}. Give for example 80, 100.`,
    );
  }
  if (thresholds.length > MOST_THRESHOLDS) {
    throw new CostError(
      `\`thresholds\` must be at most ${MOST_THRESHOLDS}, got: ${thresholds.length}. A budget has 10 notifications, two of which are the mark and the forecast.`,
    );
  }
  if (!(lowerMark > 0 && lowerMark < limit)) {
    throw new CostError(
      `\`lowerMark\` must lie between 0 and the limit of ${limit}, got: ${lowerMark}. Give the lower end of the expected cost.`,
    );
  }
}
