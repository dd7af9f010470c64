import type { Compared, CostReview } from '../../cost-review/schema';

/** A part of a review for reading, whatever it is written as. */
export interface Section {
  readonly title: string;
  /** Sentences. */
  readonly lines: readonly string[];
  /** The first row is the head; the first column is text. */
  readonly table?: readonly (readonly string[])[];
}

/** A review for reading: what there is to do first, then what it is made of. */
export function sectionsOf(review: CostReview): Section[] {
  const { month, total, verdict, previous, estimate, forecast, wholeAccount, reconciliation } = review;
  const usd = (amount: number) => `${amount.toFixed(2)} ${review.currency}`;
  const lines = [
    `${usd(total)}: ${verdict}.`,
    ...(previous === undefined ? [] : [`The month before: ${usd(previous)} (${signed(total - previous)}).`]),
    ...(estimate === undefined ? [] : [`Estimate, with the tasks that it assumes: ${usd(estimate)}.`]),
    ...(forecast === undefined ? [] : [`Cost Explorer foresees ${usd(forecast)} by the end of the month.`]),
    ...review.notes,
  ];
  const untagged = wholeAccount.untaggedServices.slice(0, 10).map(({ name, amount }) => [name, amount.toFixed(2)]);
  return [
    { title: `Cost of ${review.project} in ${month}, account ${review.account}`, lines },
    { title: 'What to do', lines: review.toDo },
    ...(review.movements.length > 0
      ? [{ title: 'What moved most', lines: [], table: comparison(review.movements) }]
      : []),
    { title: 'By service', lines: [], table: comparison(review.byService) },
    { title: 'By component', lines: [], table: comparison(review.byComponent) },
    {
      title: 'Outside the tag: in the account, and not in the budget',
      lines: [
        `${(100 * wholeAccount.untaggedShare).toFixed(1)} % of the account's ${usd(wholeAccount.total)} have no tag Project: ${usd(wholeAccount.untagged)}${untagged.length > 0 ? ', and among them:' : '.'}`,
      ],
      ...(untagged.length > 0 ? { table: [['service', review.currency], ...untagged] } : {}),
    },
    {
      title: 'Checks',
      lines: [
        `The values of the tag Project and what has none sum up to ${usd(reconciliation.sum)}, the account cost ${usd(reconciliation.total)}: ${reconciliation.isEqual ? 'equal to the cent' : 'NOT equal'}.`,
        ...(review.tags
          ? [
              `${review.tags.resources - review.tags.incomplete} of ${review.tags.resources} resources have the five required tags.`,
            ]
          : []),
        ...(review.budgetTags.length > 0
          ? review.budgetTags
          : ['The keys of the budget are active cost allocation tags.']),
        ...review.storage.map(
          ({ bucket, before, after }) =>
            `Recordings in ${bucket}: ${gigabytes(before)} GB before, ${gigabytes(after)} GB after.`,
        ),
      ],
    },
  ].filter(({ lines: text, table = [] }) => text.length > 0 || table.length > 1);
}

function comparison(rows: readonly Compared[]): string[][] {
  return [
    ['', 'this month', 'month before', 'change'],
    ...rows.map(({ name, amount, previous, change }) => [
      name,
      amount.toFixed(2),
      previous?.toFixed(2) ?? '',
      change === undefined ? '' : signed(change),
    ]),
  ];
}

function signed(amount: number): string {
  return `${amount < 0 ? '' : '+'}${amount.toFixed(2)}`;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
