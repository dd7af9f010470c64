import { UNTAGGED } from '@user-metrics/cost/cost-explorer';
import type { ReviewInput } from './input';
import { reconciliationOf, round, sum } from './reconciliation';
import type { Compared, CostReview } from './schema';
import { toDo } from './to-do';

/** Services that cost something for the project and cannot have its tag, as Cost Explorer names them, and why. */
const OUTSIDE: { readonly [service: string]: string } = {
  'Amazon Relational Database Service': "the application's Aurora, of which the schema of Umami uses a part",
  AmazonCloudWatch: 'custom metrics have no tags',
  'AWS Cost Explorer': 'requests have no tags',
  Tax: 'tax has no tags',
};

/** Reviews a month: what it cost against the month before, the estimate and the limit, and what there is to do. */
export function reviewOf(input: ReviewInput): CostReview {
  const { account, project, month, currency, limit, lowerMark, estimate, ofProject, byProject, byRecordType } = input;
  const history = historyOf(input);
  const isFirst = !history.some((each) => each.month < month);
  const byService = compare(input, ({ service }) => service, isFirst);
  const total = round(sum(ofProject.filter((cost) => cost.month === month)));
  const previous = isFirst ? undefined : round(sum(ofProject.filter((cost) => cost.month === monthBefore(month))));
  const untagged = round(sum(byProject.filter((each) => each.project === UNTAGGED)));
  const reconciliation = reconciliationOf(input);
  const { total: wholeAccount } = reconciliation;
  const review: CostReview = {
    version: 1,
    account,
    project,
    month,
    state: total === 0 ? 'no data' : input.today.startsWith(month) ? 'partial' : 'complete',
    currency,
    total,
    ...(previous === undefined ? {} : { previous }),
    limit,
    lowerMark,
    verdict: verdictOf(total, input),
    ...(estimate === undefined ? {} : { estimate: round(estimate) }),
    ...(input.forecast === undefined ? {} : { forecast: round(input.forecast) }),
    byService,
    byComponent: compare(input, ({ component }) => component, isFirst),
    movements: byService
      .filter(({ change = 0 }) => Math.abs(change) >= 0.01)
      .sort((one, other) => Math.abs(other.change ?? 0) - Math.abs(one.change ?? 0))
      .slice(0, 3),
    history,
    wholeAccount: {
      total: wholeAccount,
      untagged,
      untaggedShare: wholeAccount === 0 ? 0 : round(untagged / wholeAccount, 4),
      untaggedServices: input.untaggedServices
        .map(({ service, amount }) => ({ name: withReason(service), amount: round(amount) }))
        .filter(({ amount }) => amount >= 0.01)
        .sort((one, other) => other.amount - one.amount),
      creditsAndRefunds: round(sum(byRecordType.filter(({ recordType }) => /^(Credit|Refund)$/.test(recordType)))),
      tax: round(sum(byRecordType.filter(({ recordType }) => recordType === 'Tax'))),
    },
    reconciliation,
    storage: [...input.storage],
    ...(input.tags && { tags: input.tags }),
    budgetTags: [...input.budgetTags],
    notes: [],
    toDo: [],
  };
  return { ...review, notes: notesOn(review, input, isFirst), toDo: toDo(review) };
}

/** The month before, e.g. `2025-12` before `2026-01`. */
export function monthBefore(month: string): string {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 2)).toISOString().slice(0, 7);
}

function historyOf({ ofProject, month }: ReviewInput): CostReview['history'] {
  const months = [...new Set(ofProject.map((cost) => cost.month))].filter((each) => each <= month).sort();
  return months
    .map((each) => ({ month: each, amount: round(sum(ofProject.filter((cost) => cost.month === each))) }))
    .filter(({ amount }) => amount !== 0);
}

function compare(
  { ofProject, month }: ReviewInput,
  nameOf: (cost: ReviewInput['ofProject'][number]) => string,
  isFirst: boolean,
): Compared[] {
  const amounts = new Map<string, { now: number; before: number }>();
  for (const cost of ofProject) {
    const name = nameOf(cost);
    const { now, before } = amounts.get(name) ?? { now: 0, before: 0 };
    if (cost.month === month) amounts.set(name, { now: now + cost.amount, before });
    if (cost.month === monthBefore(month)) amounts.set(name, { now, before: before + cost.amount });
  }
  return [...amounts]
    .map(([name, { now, before }]) => ({
      name,
      amount: round(now),
      ...(isFirst ? {} : { previous: round(before), change: round(now - before) }),
    }))
    .filter(({ amount, previous = 0 }) => amount !== 0 || previous !== 0)
    .sort((one, other) => other.amount - one.amount);
}

function verdictOf(total: number, { currency, limit, lowerMark }: ReviewInput): string {
  if (total === 0) return 'Cost Explorer has no cost of it, which need not mean that there was none';
  if (currency !== 'USD') return `not compared: the bill is in ${currency}, and the limit in USD`;
  if (total > limit) return `over the limit of $${limit}`;
  return total > lowerMark ? `within $${lowerMark}–${limit}` : `below $${lowerMark}`;
}

function notesOn(review: CostReview, input: ReviewInput, isFirst: boolean): string[] {
  const { state, month, wholeAccount, reconciliation } = review;
  const of = (amount: number) => `${amount.toFixed(2)} ${review.currency}`;
  const how = input.includeCreditsAndRefunds ? 'are counted' : 'are left out, as the budget leaves them out';
  return [
    ...(state === 'no data'
      ? [
          `Cost Explorer has no cost of Project=${input.project} in ${month}: nothing was deployed, or the key Project was no active cost allocation tag.`,
        ]
      : []),
    ...(state === 'partial' ? [`The month is not over: these are its days before ${input.today}.`] : []),
    ...(state === 'complete' && daysAfterMonth(input) < 10
      ? ['AWS may still correct this month: its invoice is final about ten days after the end.']
      : []),
    ...(isFirst && state !== 'no data'
      ? ['This is the first month with a cost: there is none to compare it with.']
      : []),
    ...(wholeAccount.creditsAndRefunds === 0
      ? []
      : [`Credits and refunds of ${of(wholeAccount.creditsAndRefunds)} in the account ${how}.`]),
    ...(reconciliation.isEqual
      ? []
      : [
          `The values of the tag Project and what has none sum up to ${of(reconciliation.sum)}, and the account cost ${of(reconciliation.total)}: Cost Explorer is still adding to the month. Repeat the review tomorrow.`,
        ]),
    ...input.unread,
  ];
}

function daysAfterMonth({ month, today }: ReviewInput): number {
  const end = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)));
  return (Date.parse(today) - end) / 86_400_000;
}

function withReason(service: string): string {
  const reason = OUTSIDE[service];
  return reason === undefined ? service : `${service} (${reason})`;
}
