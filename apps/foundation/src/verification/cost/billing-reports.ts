import { type CostExplorerState, sentenceOf, stateOfError, UNTAGGED } from '@user-metrics/cost/cost-explorer';
import { CostExplorer, type CostsOfAccount } from '../../account/cost-explorer';
import { costOf } from '../../account/deployed-stage';
import { type TagActivation, tagActivation } from '../../account/tag-activation';
import { reconciliationOf, sum } from '../../cost-review/reconciliation';
import type { Criterion } from '../criterion';

export interface ObservedCosts {
  readonly activation?: TagActivation | undefined;
  /** What the account cost in the month of yesterday, up to yesterday. @default - Cost Explorer did not say */
  readonly costs?: CostsOfAccount;
  /** Why Cost Explorer said nothing. */
  readonly notRead?: CostExplorerState;
}

const DAY = 86_400_000;

/**
 * `1.4.IV3`: Cost Explorer has the costs with the tag and all others: together they are the total of the account, to the cent, as in
 * `cost-review`.
 */
export const billingReports: Criterion<ObservedCosts> = {
  id: '1.4.IV3',
  async observe(deployed) {
    if (!costOf(deployed).budget) return {};
    const activation = await tagActivation(deployed);
    const [today, yesterday] = [0, DAY].map((ago) => new Date(Date.now() - ago).toISOString()) as [string, string];
    try {
      const explorer = new CostExplorer((deployed.costAws ?? deployed.aws).costExplorer);
      return { activation, costs: await explorer.ofAccount(yesterday.slice(0, 7), today.slice(0, 10)) };
    } catch (error) {
      const notRead = stateOfError(error);
      if (notRead === 'denied' || notRead === 'failed') throw error;
      return { activation, notRead };
    }
  },
  evaluate({ activation, costs, notRead }, expected) {
    if (!activation) return { applies: false, wrong: [], evidence: 'cost.budget is false' };
    const { project } = expected.config.foundation.tags;
    if (!costs) return { wrong: [], unknown: sentenceOf(notRead ?? 'failed'), evidence: 'no costs were read' };
    const [ofProject, untagged] = [project, UNTAGGED].map((value) =>
      sum(costs.byProject.filter((cost) => cost.project === value)),
    ) as [number, number];
    const { sum: byValue, total, isEqual } = reconciliationOf(costs);
    const evidence = `$${ofProject.toFixed(2)} with Project=${project} and $${untagged.toFixed(2)} without the tag, of $${total.toFixed(2)} of the account`;
    const wrong = isEqual
      ? []
      : [
          `the values of the tag Project and what has none sum up to $${byValue.toFixed(2)}, and the account cost $${total.toFixed(2)}: Cost Explorer may still be adding to the month; repeat verify tomorrow`,
        ];
    if (ofProject > 0 || !isEqual) return { wrong, evidence };
    const waitsFor = `the first cost with the tag, up to 24 hours after its activation; deployed ${activation.since}`;
    return { wrong, evidence, waitsFor };
  },
};
