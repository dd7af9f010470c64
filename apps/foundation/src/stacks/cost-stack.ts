import { AlertTopic, CostBudget } from '@user-metrics/cost';
import { CostAllocationTags } from '@user-metrics/tagging';
import type { Construct } from 'constructs';
import type { Foundation } from '../config';
import { FoundationStack } from './foundation-stack';

export const COST_STACK = 'UserMetrics-Cost';

/** The account's budget and its alerts. It must always deploy: nothing in it may be refused by an organisation's rules. */
export class CostStack extends FoundationStack {
  constructor(scope: Construct, foundation: Foundation, account: string) {
    const { region, cost } = foundation.accounts[account] as Foundation['accounts'][string];
    super(scope, COST_STACK, 'Budget and alerts of the observability stack, once an account', { account, region });
    const topic = new AlertTopic(this, 'Alerts', { emails: cost.emails });
    new CostBudget(this, 'Budget', {
      project: foundation.tags.project,
      topic,
      limit: cost.limit,
      thresholds: cost.thresholds,
      lowerMark: cost.lowerMark,
    });
    new CostAllocationTags(this, 'CostAllocationTags');
  }
}
