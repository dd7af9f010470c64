import { THRESHOLDS } from './thresholds';

/** What a figure of the review leads to, as the document has it: what is measured, and from where on. */
export function thresholdRows(): (readonly [figure: string, threshold: string, leadsTo: string])[] {
  const percent = (share: number) => `${100 * share} %`;
  const { movement, estimate, untaggedComponents, storageGrowth } = THRESHOLDS;
  return [
    ['month', 'above cost.limit', 'remove what is not needed, or raise the limit'],
    ['month', 'above cost.lowerMark', 'check what moved'],
    ['forecast of a month that is not over', 'above cost.limit', 'act before it ends'],
    [
      'a service against the month before',
      `$${movement.usd} and ${percent(movement.share)}`,
      'find the day, and what was deployed',
    ],
    ['month above the estimate', `$${estimate.usd} and ${percent(estimate.share)}`, 'npx projen estimate'],
    [
      'cost of the project without Component',
      `above ${percent(untaggedComponents)}`,
      'npx projen tag-compliance --account',
    ],
    ['recordings in a month', `above ${percent(storageGrowth)} more`, 'lower storage.retentionDays'],
    ['resources without a required tag', 'one', 'npx projen tag-compliance --account'],
    ['key of the budget not known to be active', 'one', 'npx projen alert-test --dry-run'],
  ];
}

const [BEGIN, END] = ['<!-- example -->', '<!-- /example -->'];

/** The part of the document that is written by `cost-review --example`; nothing when it has none. */
export function generatedPart(document: string): string | undefined {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  return begin < 0 || end < begin ? undefined : document.slice(begin + BEGIN.length, end).trim();
}

/** The document with this part written anew. */
export function withGeneratedPart(document: string, part: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  return `${document.slice(0, begin + BEGIN.length)}\n${part.trim()}\n${document.slice(end)}`;
}
