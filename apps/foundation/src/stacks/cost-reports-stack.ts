import { CostAnomaly, CostDashboard, CostReport, CostTrend } from '@user-metrics/cost';
import type { CostAllocationTags } from '@user-metrics/tagging';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Account, Foundation } from '../config';
import { FoundationStack } from './foundation-stack';
import { COST_REPORTS_STACK } from './stack-names';

/** What the stack is given of others. */
interface OfOtherStacks {
  /** Alarms that the dashboard shows. */
  readonly alarms: readonly IAlarm[];
  /** Whose state of the tag keys the dashboard shows. @default - none */
  readonly tags: CostAllocationTags | undefined;
  /** Topic of the same Region that alarms publish to. @default - none */
  readonly alerts: ITopic | undefined;
}

/** Views of the account's cost. An organisation may refuse them, so they are apart from the budget. */
export class CostReportsStack extends FoundationStack {
  constructor(
    scope: Construct,
    { project }: Foundation['tags'],
    account: string,
    { cost }: Account,
    { alarms, tags, alerts }: OfOtherStacks,
  ) {
    super(scope, COST_REPORTS_STACK, 'Dashboards of the cost of the observability stack, once per account', {
      account,
      region: cost.region,
    });
    const { limit, lowerMark, includeCreditsAndRefunds } = cost;
    const trend = cost.trend
      ? new CostTrend(this, 'CostTrend', { project, limit, lowerMark, includeCreditsAndRefunds })
      : undefined;
    if (alerts) trend?.alarm.addAlarmAction(new SnsAction(alerts));
    new CostDashboard(this, 'CostDashboard', { alarms, ...(tags && { tags }), ...(trend && { trend }) });
    if (cost.anomalies && alerts) new CostAnomaly(this, 'CostAnomaly', { project, topic: alerts, ...cost.anomalies });
    if (!cost.explorerReport) return;
    const { explorerReportSchedule: schedule } = cost;
    const { consoleUrl } = new CostReport(this, 'CostReport', { project, includeCreditsAndRefunds, schedule });
    new CfnOutput(this, 'CostReportUrl', {
      value: consoleUrl,
      description: 'Reports of Cost Explorer about the project',
    });
  }
}
