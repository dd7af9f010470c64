import { styleText } from 'node:util';
import { type BaselineComparison, baselineSections } from '@user-metrics/umami-db/verification';
import { wrappedTable } from '../terminal-table';

/** What the file has, and a terminal does not show: what is the same is counted. */
const LEFT_OUT = ['same', 'not comparable'];

/** A comparison of two baselines for a terminal: identity, what changed or is unclear, what was not read. */
export function baselineTable(comparison: BaselineComparison, columns?: number): string {
  const figures = comparison.figures.filter(({ verdict }) => !LEFT_OUT.includes(verdict));
  const [first, ...sections] = baselineSections({ ...comparison, figures });
  const [whole] = baselineSections(comparison);
  return [{ ...first, title: whole?.title ?? '', lines: whole?.lines ?? [] }, ...sections]
    .filter(({ title }) => title !== 'Method')
    .map(({ title, lines, table = [] }) =>
      [
        styleText('bold', title),
        ...lines,
        ...(table.length > 1
          ? [wrappedTable(table, ['left', 'left', ...(table[0] ?? []).slice(2).map(() => 'right' as const)], columns)]
          : []),
      ].join('\n'),
    )
    .join('\n\n');
}
