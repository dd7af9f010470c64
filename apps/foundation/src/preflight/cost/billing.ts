import { costOf } from '../../account/deployed-stage';
import { type Check, ok, warning } from '../check';

/** Whether the account may read its budgets; a denial is said by the missing right. */
export const billingAccess: Check<{ readonly budgets: number }> = {
  id: 'cost.billing-access',
  title: 'Budgets can be read',
  applies: (planned) => costOf(planned).budget,
  async observe({ aws, id: AccountId }) {
    const { Budgets = [] } = await aws.budgets.describeBudgets({ AccountId, MaxResults: 100 });
    return { budgets: Budgets.length };
  },
  evaluate: ({ budgets }) => [ok(`${budgets} in the account`)],
};

/** The preference "Receive CloudWatch billing alerts" has no API: its metric is there, or is not. */
export const billingMetrics: Check<{ readonly metrics: number }> = {
  id: 'cost.billing-metrics',
  title: 'AWS publishes the billing metrics that the dashboard shows',
  applies: (planned) => costOf(planned).reports,
  async observe({ awsIn }) {
    // They exist there alone (CloudWatch guide, "Create a billing alarm").
    const { Metrics = [] } = await awsIn('us-east-1').cloudWatch.listMetrics({
      Namespace: 'AWS/Billing',
      MetricName: 'EstimatedCharges',
    });
    return { metrics: Metrics.length };
  },
  evaluate({ metrics }) {
    if (metrics > 0) return [ok('EstimatedCharges of AWS/Billing in us-east-1')];
    return [
      warning(
        'There is no metric EstimatedCharges in us-east-1: the dashboard of the cost stays empty',
        'A person of the payer account turns on "Receive CloudWatch billing alerts" at https://console.aws.amazon.com/billing/home#/preferences',
      ),
    ];
  },
};
