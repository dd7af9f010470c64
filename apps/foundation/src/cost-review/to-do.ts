import { UNTAGGED } from '@user-metrics/cost/cost-explorer';
import type { CostReview } from './schema';
import { THRESHOLDS } from './thresholds';

/** What the figures of a month lead to, the most urgent first. */
export function toDo(review: CostReview): string[] {
  const { total, limit, lowerMark, forecast, state, currency } = review;
  const isComparable = currency === 'USD';
  const found = [
    ...(isComparable && total > limit
      ? [
          `The month cost $${total.toFixed(2)} of $${limit}: remove what is not needed, or raise cost.limit in the configuration.`,
        ]
      : []),
    ...(isComparable && state === 'partial' && forecast !== undefined && forecast > limit
      ? [
          `The month will end at about $${forecast.toFixed(2)} of $${limit}: find the service that rises below, and act before it ends.`,
        ]
      : []),
    ...(isComparable && total > lowerMark && total <= limit
      ? [`The month is above the mark of $${lowerMark}: check the movements below.`]
      : []),
    ...review.movements
      .filter(isLarge)
      .map(
        ({ name, change = 0 }) =>
          `${name} ${change > 0 ? 'rose' : 'fell'} by ${Math.abs(change).toFixed(2)} ${currency}: find the day in the dashboard of costs, and what was deployed then.`,
      ),
    ...aboveEstimate(review),
    ...untaggedComponents(review),
    ...review.storage
      .filter(({ before, after }) => before > 0 && after / before - 1 > THRESHOLDS.storageGrowth)
      .map(
        ({ bucket, before, after }) =>
          `The recordings in ${bucket} grew by ${(100 * (after / before - 1)).toFixed(0)} %: lower storage.retentionDays, or record fewer sessions.`,
      ),
    ...(review.tags && review.tags.incomplete > 0
      ? [
          `${review.tags.incomplete} of ${review.tags.resources} resources lack a required tag: npx projen tag-compliance --account`,
        ]
      : []),
    ...(review.budgetTags.length > 0
      ? ['A key of the budget is not known to be active: npx projen alert-test --dry-run']
      : []),
  ];
  return found.length > 0 ? found : ['Nothing: record the outcome.'];
}

function isLarge({ change = 0, previous = 0 }: CostReview['movements'][number]): boolean {
  const { usd, share } = THRESHOLDS.movement;
  return Math.abs(change) >= usd && Math.abs(change) >= share * previous;
}

function aboveEstimate({ total, estimate, currency }: CostReview): string[] {
  const { usd, share } = THRESHOLDS.estimate;
  if (currency !== 'USD' || estimate === undefined || total - estimate < usd || total < (1 + share) * estimate)
    return [];
  return [
    `The month cost $${(total - estimate).toFixed(2)} more than the estimate: compare them line by line, npx projen estimate`,
  ];
}

function untaggedComponents({ byComponent, total }: CostReview): string[] {
  const { amount = 0 } = byComponent.find(({ name }) => name === UNTAGGED) ?? {};
  if (total === 0 || amount / total <= THRESHOLDS.untaggedComponents) return [];
  return [
    `${((100 * amount) / total).toFixed(0)} % of the project's cost has no tag Component: npx projen tag-compliance --account`,
  ];
}
