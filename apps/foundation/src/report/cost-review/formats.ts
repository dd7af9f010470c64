import type { CostReview } from '../../cost-review/schema';
import { wrappedTable } from '../terminal-table';
import { reviewHtml } from './html';
import { sectionsOf } from './sections';

/** What a review can be written as. */
export const FORMATS: { readonly [name: string]: (review: CostReview) => string } = {
  text: reviewText,
  json: (review) => JSON.stringify(review, null, 2),
  csv: reviewCsv,
  markdown: reviewMarkdown,
  html: reviewHtml,
};

function reviewText(review: CostReview): string {
  return sectionsOf(review)
    .map(({ title, lines, table = [] }) => {
      const align = (table[0] ?? []).map((_, column) => (column === 0 ? 'left' : 'right') as 'left' | 'right');
      const rows = table.length > 0 ? [wrappedTable(table, [...align, 'left'], 100)] : [];
      return [title, ...lines.map((line) => `  ${line}`), ...rows].join('\n');
    })
    .join('\n\n');
}

function reviewMarkdown(review: CostReview): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return sectionsOf(review)
    .map(({ title, lines, table: [head, ...rows] = [] }, index) => {
      const table = head
        ? [row(head), `|${head.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(row), '']
        : [];
      return [
        `${index === 0 ? '#' : '##'} ${title}`,
        '',
        ...lines.map((line) => `- ${line}`),
        ...(lines.length > 0 ? [''] : []),
        ...table,
      ].join('\n');
    })
    .join('\n');
}

/** One row an amount, for a spreadsheet. A spreadsheet runs what begins like a formula, so that a quote goes before it. */
function reviewCsv({ month, currency, byService, byComponent, history }: CostReview): string {
  const cell = (value: unknown) => {
    const text = value === undefined ? '' : String(value);
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = [
    ...Object.entries({ service: byService, component: byComponent }).flatMap(([kind, compared]) =>
      compared.map(({ name, amount, previous, change }) => [month, kind, name, currency, amount, previous, change]),
    ),
    ...history.map((each) => [each.month, 'total', '', currency, each.amount]),
  ];
  const head = ['month', 'kind', 'name', 'currency', 'amount', 'previous', 'change'];
  return [head, ...rows].map((row) => head.map((_, column) => cell(row[column])).join(',')).join('\r\n');
}
