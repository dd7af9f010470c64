import { CostDashboard } from '@user-metrics/cost';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Foundation } from '../config';
import { FoundationStack } from './foundation-stack';

export const COST_REPORTS_STACK = 'UserMetrics-CostReports';

/** Views of the account's cost. An organisation may refuse them, so they are apart from the budget. */
export class CostReportsStack extends FoundationStack {
  constructor(scope: Construct, foundation: Foundation, account: string, blindBudget: IAlarm) {
    const { region } = foundation.accounts[account] as Foundation['accounts'][string];
    super(scope, COST_REPORTS_STACK, 'Dashboards of the cost of the observability stack, once an account', {
      account,
      region,
    });
    new CostDashboard(this, 'CostDashboard', { alarms: [blindBudget] });
  }
}
