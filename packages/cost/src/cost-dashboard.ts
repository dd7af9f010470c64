import { applyComponentTags, type CostAllocationTags } from '@user-metrics/tagging';
import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';
import { checkProps, listOf, objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { budgetTagStatus } from './budget-tag-status';
import { CostError } from './cost-error';
import type { CostTrend } from './cost-trend';
import { trendRows } from './cost-trend-rows';

/** Region of the metrics of AWS/Billing, whatever Region is billed (CloudWatch guide, "Create a billing alarm"). */
const BILLING_REGION = 'us-east-1';

/** Services that the observability stack uses, as AWS/Billing names them. */
export const BILLED_SERVICES = [
  'AmazonCloudWatch',
  'AmazonEC2',
  'AmazonECS',
  'AmazonRDS',
  'AmazonS3',
  'AmazonVPC',
  'AWSDataTransfer',
  'AWSELB',
  'AWSLambda',
  'AWSSecretsManager',
] as const;

/** Props of {@link CostDashboard}. */
export interface CostDashboardProps {
  /**
   * Services shown, by the names of the dimension `ServiceName` of AWS/Billing.
   *
   * @default BILLED_SERVICES
   */
  readonly services?: readonly string[];
  /**
   * Alarms whose state is shown first, such as {@link InactiveBudgetTagsAlarm}.
   *
   * @default - none
   */
  readonly alarms?: readonly IAlarm[];
  /**
   * What the project costs by day, shown above the cost of the whole account.
   *
   * @default - none: the whole account alone
   */
  readonly trend?: CostTrend;
  /**
   * Whose newest state of the keys that a budget filters by (`countedKeys`) is shown, with what AWS said to them.
   *
   * @default - none
   */
  readonly tags?: CostAllocationTags;
}

const RULES: Rules<CostDashboardProps> = {
  services: optional(listOf(text('a list of service names', 'Give for example BILLED_SERVICES.'))),
  alarms: optional(
    listOf(objectWith('alarmArn', 'a list of alarms', 'Give for example [new InactiveBudgetTagsAlarm(…)].')),
  ),
  trend: optional(objectWith('logGroupName', 'a CostTrend', 'Give for example new CostTrend(…).')),
  tags: optional(objectWith('countedKeys', 'CostAllocationTags', 'Give for example new CostAllocationTags(…).')),
};

/**
 * CloudWatch dashboard of cost by day and service: of one project, from a {@link CostTrend}, and of the whole account, from the
 * free metrics of AWS/Billing, which know no tags.
 *
 * @example
 * new CostDashboard(stack, 'Dashboard');
 */
export class CostDashboard extends Construct {
  /** Name of the dashboard. */
  readonly dashboardName: string;

  /** @throws CostError for services that are no list of names, and for what are no alarms */
  constructor(scope: Construct, id: string, props: CostDashboardProps = {}) {
    super(scope, id);
    checkProps(props, RULES, CostError);
    const services = props.services ?? BILLED_SERVICES;
    const dashboard = new Dashboard(this, 'Resource', { defaultInterval: Duration.days(30) });
    if (!props.trend)
      dashboard.addWidgets(wholeAccount('Cost by day and service', 'What one project costs is in its budget.'));
    if (props.alarms?.length) {
      dashboard.addWidgets(
        new AlarmStatusWidget({
          title: `In alarm while a key is not known to be active: ${INACTIVE_BUDGET_TAGS}`,
          width: 24,
          height: 2,
          alarms: [...props.alarms],
        }),
      );
    }
    if (props.tags) dashboard.addWidgets(budgetTagStatus(props.tags));
    if (props.trend) {
      for (const row of trendRows(props.trend)) dashboard.addWidgets(...row);
      dashboard.addWidgets(wholeAccount('Whole account', 'What the project costs is above.'));
    }
    dashboard.addWidgets(
      new GraphWidget({
        title: 'Cost of the whole account a day by service (USD)',
        width: 24,
        height: 9,
        stacked: true,
        region: BILLING_REGION,
        period: Duration.days(1),
        left: services.map((service, index) => dailyCost(service, index)),
      }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        title: 'Cost of the whole account in the month so far (USD)',
        width: 24,
        height: 6,
        region: BILLING_REGION,
        left: [estimatedCharges({ Currency: 'USD' }, 'Account')],
      }),
    );
    applyComponentTags(this, 'metrics', { Function: 'Visualization' });
    this.dashboardName = dashboard.dashboardName;
  }
}

function wholeAccount(title: string, ofProject: string): TextWidget {
  return new TextWidget({
    width: 24,
    height: 2,
    markdown: `# ${title}\nFrom AWS/Billing, which knows no tags (USD; needs "Receive CloudWatch Billing Alerts"). ${ofProject}`,
  });
}

/** The metric counts up through the month; its difference from day to day is a day's cost, the first day is its own. */
function dailyCost(service: string, index: number): MathExpression {
  const month = `month${index}`;
  return new MathExpression({
    label: service,
    period: Duration.days(1),
    expression: `IF(DIFF(${month})<0, ${month}, DIFF(${month}))`,
    usingMetrics: { [month]: estimatedCharges({ ServiceName: service, Currency: 'USD' }, service) },
  });
}

function estimatedCharges(dimensionsMap: { [name: string]: string }, label: string): Metric {
  return new Metric({
    namespace: 'AWS/Billing',
    metricName: 'EstimatedCharges',
    statistic: Stats.MAXIMUM,
    period: Duration.days(1),
    region: BILLING_REGION,
    dimensionsMap,
    label,
  });
}
