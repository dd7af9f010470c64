import { CostDashboard } from '@user-metrics/cost';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { FoundationStack } from './foundation-stack';
import { COST_REPORTS_STACK } from './stack-names';

/** Views of the account's cost. An organisation may refuse them, so they are apart from the budget. */
export class CostReportsStack extends FoundationStack {
  constructor(scope: Construct, account: string, region: string, alarms: readonly IAlarm[]) {
    super(scope, COST_REPORTS_STACK, 'Dashboards of the cost of the observability stack, once an account', {
      account,
      region,
    });
    new CostDashboard(this, 'CostDashboard', { alarms });
  }
}
