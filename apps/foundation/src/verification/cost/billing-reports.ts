import { costOf } from '../../account/deployed-stage';
import { type TagActivation, tagActivation } from '../../account/tag-activation';
import type { Criterion } from '../criterion';

export interface ObservedCosts {
  readonly activation?: TagActivation | undefined;
  /** Newest estimated charges of the whole account in USD; nothing while the billing metrics are off. */
  readonly accountUsd?: number | undefined;
}

const HOUR = 3_600_000;

/** `1.4.IV3`: costs with the tag, which the budget counts, and those of the whole account, which AWS/Billing publishes. */
export const billingReports: Criterion<ObservedCosts> = {
  id: '1.4.IV3',
  async observe(deployed) {
    const { aws } = deployed.costAws ? { aws: deployed.costAws } : deployed;
    const { Datapoints = [] } = await aws.cloudWatch.getMetricStatistics({
      Namespace: 'AWS/Billing',
      MetricName: 'EstimatedCharges',
      Dimensions: [{ Name: 'Currency', Value: 'USD' }],
      StartTime: new Date(Date.now() - 48 * HOUR),
      EndTime: new Date(),
      Period: 6 * 3600,
      Statistics: ['Maximum'],
    });
    const [newest] = Datapoints.sort((one, other) => Number(other.Timestamp) - Number(one.Timestamp));
    const activation = costOf(deployed).budget ? await tagActivation(deployed) : undefined;
    return { activation, accountUsd: newest?.Maximum };
  },
  evaluate({ activation, accountUsd }, expected) {
    if (!activation) return { applies: false, wrong: [], evidence: 'cost.budget is false' };
    const { spentUsd, since } = activation;
    const evidence = `$${spentUsd.toFixed(2)} of this month with Project=${expected.config.foundation.tags.project}, ${accountUsd === undefined ? 'and no AWS/Billing metric' : `$${accountUsd.toFixed(2)} of the whole account`}`;
    if (spentUsd === 0)
      return {
        wrong: [],
        evidence,
        waitsFor: `the first cost with the tag, up to 24 hours after its activation; deployed ${since}`,
      };
    if (accountUsd === undefined)
      return {
        wrong: [],
        evidence,
        unknown:
          'the whole account has no billing metric: turn on "Receive CloudWatch billing alerts" in the Billing console',
      };
    const isPlausible = accountUsd >= spentUsd;
    return { wrong: isPlausible ? [] : ['the costs with the tag are more than those of the whole account'], evidence };
  },
};
